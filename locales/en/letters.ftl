### Decision letters: headings, outcomes, reasons, record. Information only; the Swedish text applies.

kind-decision = Decision
label-date = Date
label-diary-number = Diary number
label-contact = Contact
label-recipient = Recipient
label-organisation-number = Organisation number
label-phone = Telephone
label-email = E-mail
page-word = Page
page-of = of
name-omitted = the name is not given here
subject-with-period = { $grant }, { $period }
title-decision = Decision: { $subject }

outcome-bifall = Granted
outcome-delvis-bifall = Granted in part
outcome-avslag = Refused
outcome-avvisning = Not tried
outcome-avskrivning = Closed

lead-granted = You receive { $amount }.
lead-approved = The association is approved.
lead-approved-in-part = The association is approved with a limitation.
lead-refused = You receive no grant.
lead-not-approved = The association is not approved.
lead-not-tried = We do not try the application.
lead-closed = We close the case without trying the application.

decided-granted = { $committee } grants { $recipient } { $amount }. The grant concerns { $subject }.
decided-granted-in-part = { $committee } grants { $recipient } { $amount } and refuses the rest of the application. The grant concerns { $subject }.
decided-applied = The application was for { $applied }.
decided-approved = { $committee } approves { $recipient } as an association that may apply for grants. The decision concerns { $subject }.
decided-approved-in-part = { $committee } approves { $recipient } in part. The decision concerns { $subject }.
decided-refused = { $committee } refuses the application from { $recipient }. The application concerned { $subject }.
decided-not-tried = { $committee } dismisses the application from { $recipient }. This means that we have not considered the application itself. The application concerned { $subject }.
decided-closed = { $committee } closes the case. This means that the case has ended and the application is not tried. The application concerned { $subject }.

heading-reasons = Why it came out this way
reasons-granted = The application meets the requirements of the rules.
reasons-reduced = The amount is lower than it could have been. This is why:
reasons-approved-in-part = The association does not meet every requirement. This is why:
reasons-refused = The application does not meet every requirement of the rules. This is why:
reasons-not-granted = The application gets no grant. This is why:
reasons-not-tried = The application cannot be tried. This is why:
reasons-closed = The case is closed. This is why:

heading-calculation = How we calculated
caption-calculation = The calculation, row by row
column-row = Row
column-paragraph = Paragraph
column-quantity = Number
column-rate = Rate
column-value = Value
heading-account = From attendance marks sent in to marks paid for
caption-account = How the attendance marks were counted
column-account = Step
column-marks = Marks

heading-basis = Rules
basis-provisions = The decision rests on these provisions:
label-rules = The municipality's rules
label-rule-version = Version
label-rules-decided = The rules were decided
rules-decided = { $body } on { $date }
rules-decided-at = { $body } on { $date }, { $paragraph }
rules-decided-in = { $body } on { $date }, diary number { $diary_number }
rules-decided-at-in = { $body } on { $date }, { $paragraph }, diary number { $diary_number }

heading-conditions = Conditions
heading-revocation = Reservation
revocation-intro = The committee has made this reservation:

heading-payment = Payment
payment-amount = We pay { $amount }.
payment-around = The money arrives around { $date }.
payment-after-appeal = The money arrives when the time for appeal has passed and nobody has appealed.
payment-in-parts = The grant is paid in parts.
payment-part-decision = We pay { $amount } after the decision.
payment-part-requisition = We pay { $amount } when your requisition is approved.
payment-part-report = We pay { $amount } when your report is approved.
payment-held = The payment waits. { $reason }
payment-account = It is paid to { $account }.
payment-set-off = Your debt to the municipality is taken off before we pay.
payment-account-change = Contact us at once if the account is wrong.
account-masked = { $channel } ending in { $digits }
channel-bankgiro = bankgiro
channel-plusgiro = plusgiro
channel-bank-account = bank account

heading-record = Who decided
label-decided-on = Date of decision
label-decision = Decision
label-decided-by = Decided by
label-delegation = Right to decide
label-meeting = Meeting
label-rapporteur = Reporting officer
label-present = Others who took part
decided-by-committee = { $committee }
decided-automatically = Automated decision. { $committee } is responsible for the decision.
delegation-point = On behalf of { $committee }, delegation { $point }
meeting-paragraph = { $date }, { $paragraph }
official = { $name }, { $role }
official-unnamed = { $role } ({ $note })
nobody = Nobody
no-signature = The decision was made digitally and therefore bears no signature.
decision-with-amount = { $outcome }, { $amount }
translation-note = This is a translation for information. The Swedish text applies.

replaces = This decision takes the place of our decision of { $date }.
replaces-misspelt = We correct a slip of the pen. The outcome and the amount are the same.
replaces-miscounted = We correct a miscount in the text. The outcome and the amount are the same.
replaces-oversight = We correct an oversight. The outcome and the amount are the same.
replaces-favourable = We change the decision in your favour.
replaces-reconsidered = We have reconsidered the decision after the appeal and change it in your favour.
replaces-reservation = We change the decision on the ground of the reservation in the first decision.
replaces-safety = We change the decision because compelling reasons of safety demand it.
replaces-misled = We change the decision because it rested on wrong or misleading information in the application.
replaces-raised = The amount is raised by { $difference }. We pay what you have not received already.
replaces-lowered = The amount is lowered by { $difference }. We pay what remains of the new amount.

title-rejection = Appeal rejected: { $subject }
rejection-lead = The appeal is rejected because it came too late.
rejection-what = { $appellant } has appealed our decision of { $date }. We do not try the appeal and do not send it to the court.
rejection-time = An appeal must have arrived within three weeks from the day you received the decision.
label-served = Received the decision
label-last-day = Last day to appeal
label-appeal-came = The appeal came in
