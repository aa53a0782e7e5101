### The other letters of a case, and the list of delegated decisions. Information only; the Swedish text applies.

kind-supplement = Request for supplement
title-supplement = The application needs to be completed: { $subject }
supplement-lead = Send in what is missing by { $date }.
supplement-why = We cannot try the application until it is complete.
heading-missing = This is missing
heading-supplement-how = What to do
supplement-how = Log in to My pages and open case { $diary_number }. You can answer and send in documents there. Contact us if you need more time.
heading-consequence = If the information does not arrive in time

kind-receipt = Acknowledgement
title-receipt = We have received the application: { $subject }
receipt-lead = The application arrived on { $date }.
receipt-number = The case has diary number { $diary_number }. Please give it when you contact us.
heading-dates = What happens now
label-period-closes = Last day to apply
label-decision-expected = Decision expected by
label-payment-expected = Payment expected around
receipt-late = The application arrived after the last day to apply, which was { $date }. It has been received and registered. The decision will say what this means.
receipt-follow = You can follow the case on My pages.

kind-delay = Notice of delay
title-delay = The decision is delayed: { $subject }
delay-lead = The decision is delayed. We expect to decide by { $date }.
delay-received = The application arrived on { $date }.
heading-delay-reason = Why it is delayed
heading-delay-right = Asking for the case to be decided
delay-right = You may ask us in writing to decide the case when six months have passed since the application arrived. We must then decide it, or refuse the request, within four weeks. A refusal can be appealed.

kind-payment = Payment notice
title-payment = Payment: { $subject }
payment-notice-lead = We pay { $amount } on { $date }.
payment-notice-account = The money is paid to { $account }.
payment-notice-reference = The account statement says { $reference }.
heading-payment-lines = How the sum was made up
caption-payment-lines = The payment, row by row
column-payment-line = Row
column-amount = Amount
row-to-pay = To be paid

kind-delegation-list = Report of delegated decisions
title-delegation-list = Delegated decisions for the meeting on { $date }
delegation-list-intro = The list concerns decisions made on behalf of { $committee } from { $from } to { $to_date }.
delegation-list-count = { $count ->
    [one] The list has one decision. The granted amounts sum to { $sum }.
   *[other] The list has { $count } decisions. The granted amounts sum to { $sum }.
}
delegation-list-none = No decisions were made by delegation during this time.
caption-delegation-list = Decisions reported
column-diary-number = Diary number
column-date = Date
column-delegate = Decided by
column-delegation-point = Delegation
column-subject = Case
column-outcome = Decision
column-granted-amount = Amount (SEK)
row-sum = Sum

kind-memo = Memo
memo-annex = Annex: the applications
memo-conditions = Conditions: { $number } { $applicant }
label-memo-to = To
label-memo-by = Officer
label-memo-date = Date
memo-place = Place
memo-applicant = Applicant
memo-points = Points
memo-applied = Applied for, SEK
memo-proposed = Proposed, SEK
