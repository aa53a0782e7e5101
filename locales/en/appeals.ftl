### The two appeal texts. Information only; the Swedish text applies.

heading-appeal = How to appeal

legality-what = The decision can be appealed by legality review (laglighetsprövning) under chapter 13 of the Local Government Act (kommunallagen).
legality-heading-who = Who may appeal
legality-who = Only a member of the municipality may appeal. A member is a person who is registered as resident in the municipality, owns real property there or is to pay municipal tax there.
legality-who-association = An association is therefore usually not a member itself. A board member who lives in the municipality can appeal in his or her own name.
legality-heading-tested = What the court tries
legality-tested = The court only tries whether the decision is lawful. It can annul the decision but not replace it with another. The decision shall be annulled if
legality-ground-order = it has not come about in the proper way
legality-ground-matter = it concerns something that is no matter for the municipality
legality-ground-power = the one who decided had no right to do so
legality-ground-law = it is contrary to law in any other way.
legality-heading-when = When the appeal must have arrived
legality-reported = The decision is reported to { $committee } at the meeting on { $date }.
legality-reported-at = The decision was reported to { $committee } at the meeting on { $date }, { $paragraph }.
legality-to-be-reported = The decision will be reported to { $committee } at a meeting.
legality-decided-at = { $committee } made the decision at the meeting on { $date }, { $paragraph }.
legality-clock = The time for appeal is three weeks. It is counted from the day when the municipality's notice board announces that the minutes of the meeting have been approved.
legality-arrive = The appeal must have reached the administrative court within that time.
legality-last-day = The last day to appeal is { $date }.
legality-last-day-later = The last day is shown on My pages when the minutes have been announced on the notice board.
appeal-weekend = If the last day is a Saturday, a Sunday, a public holiday, or Midsummer Eve, Christmas Eve or New Year's Eve, the next weekday applies.
legality-heading-where = Where to send the appeal
legality-where = Write to the administrative court and send the appeal directly there:
legality-heading-content = What the appeal must say
legality-content = The appeal must be in writing. It must state:
legality-content-decision = which decision it concerns: diary number { $diary_number }, decided on { $date }
legality-content-grounds = every reason why the decision is not lawful, since no new reasons may be added when the time has passed
legality-content-evidence = what evidence there is and what it is to prove
legality-content-identity = the name, personal identity number, postal address, e-mail address and telephone number of the one who appeals.

complaint-what = The decision can be appealed to { $court } under sections 40–47 of the Administrative Procedure Act (förvaltningslagen).
complaint-heading-who = Who may appeal
complaint-who = You may appeal if the decision has gone against you.
complaint-heading-when = When the appeal must have arrived
complaint-clock = The appeal must have reached { $authority } within three weeks. The time is counted from the day when you received the decision.
complaint-last-day = The last day to appeal is { $date }.
complaint-heading-where = Where to send the appeal
complaint-where = Address the appeal to { $court }. Do not send it there, but to { $authority }:
complaint-heading-content = What the appeal must say
complaint-content = The appeal must be in writing. It must state:
complaint-content-decision = which decision it concerns: diary number { $diary_number }, decided on { $date }
complaint-content-change = how the decision should be changed
complaint-content-reasons = why it should be changed
complaint-content-evidence = what evidence there is and what it is to prove
complaint-content-identity = { $to ->
    [person] your name and personal identity number, and your postal address, e-mail address and telephone number.
   *[others] name and organisation number, and postal address, e-mail address and telephone number.
}
complaint-signature = { $to ->
    [person] Sign the appeal. Enclose a power of attorney if a representative appeals.
   *[others] The appeal is to be signed by someone who may sign for you. Enclose a power of attorney if a representative appeals.
}
complaint-heading-next = What happens next
complaint-next = We check whether the appeal has arrived in time. If the decision is wrong we can change it ourselves. Otherwise we send the appeal and the documents to { $court }.
