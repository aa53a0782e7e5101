# Assessment, ranking and what is prepared for the committee.

task-assess = Open the assessment
task-kept = Shown when you have finished your own assessment or when all have.
assess-title = Assessment
assess-weigh-title = Assessments weighed together
assessed-title = Assessments handed in
assessed-none = No assessments are handed in, or you see them first when you have handed in your own.
assess-lead-one = Choose a level on every scale and write why. Save whenever you like; the assessment counts when you hand it in.
assess-lead-plain = Fill in the assessment. Save whenever you like; it counts when you hand it in.
assess-lead-blind = { $count ->
    [one] You assess the application alone.
   *[other] { $number } of you assess the application, each on her own. You see the others' assessments when you have handed in yours.
}
assess-lead-several = { $count ->
    [one] You assess the application alone.
   *[other] { $number } of you assess the application.
}
assess-lead-weigh = Here are everybody's scores and reasons. What all agree about is filled in. If you change a score you write why; the assessors' own scores stay.
assess-saved = Saved { $time }. Not handed in yet.
assess-weight = { $count ->
    [one] Counts once
    [2] Counts twice
   *[other] Counts { $number } times
}
assess-level = Level of "{ $what }"
assess-why = The reasons for the level of "{ $what }"
assess-why-changed = Why, if you change the score
assess-why-differs = Why this score, where the assessors gave different ones
assess-disagreed = The assessors disagree
assess-whole = The whole
assess-amount = { $what } (SEK)
assess-applied = Applied for: { $amount }
assess-comment = Judgement of the whole
assess-judged = { $points } points, proposes { $amount }
assess-finish = Hand in the assessment
assess-finish-to = Hand in and go on to: { $to }
assess-save = Save and go on later
assess-application = The application
receipt-assess-saved = The assessment is saved
receipt-assess-saved-text = It is not handed in yet. Only you see it.
receipt-assessed = The assessment is handed in
receipt-assessed-text = It cannot be changed. The case goes on when all who assess it are done.
ranking-title = Ranking: { $grant }, { $period }
ranking-none = No applications wait to be ranked.
ranking-none-text = Applications come here when they are assessed.
ranking-count = { $count ->
    [one] 1 application
   *[other] { $number } applications
}
ranking-lead = { $applications } for { $applied }. By these terms they get { $amount }.
ranking-lead-settled = { $applications } for { $applied }. The ranking is settled: they are proposed { $amount }.
ranking-still-assessed = { $count ->
    [one] 1 application of the round is still being assessed
   *[other] { $number } applications of the round are still being assessed
}
ranking-kept = { $count ->
    [one] 1 application is not shown, because you have a tie. Somebody else ranks the round.
   *[other] { $number } applications are not shown, because you have a tie. Somebody else ranks the round.
}
ranking-try = Try terms
ranking-try-text = Nothing is saved while you try.
ranking-try-button = Show what comes of it
ranking-budget = Budget of the round
ranking-budget-hint = In kronor. To begin with, what is left of the year's budget.
ranking-most = Greatest part of what was applied for
ranking-most-hint = Percent. Leave empty for no limit.
ranking-least = Least points for a grant
ranking-least-hint = Of 100. Leave empty for no limit.
ranking-district = At least to every district
ranking-district-hint = Percent of the budget, as far as the applications reach.
ranking-rest = The first that does not fit gets what is left
ranking-order = The applications in order
ranking-place = Place
ranking-points = Points
ranking-applied = Applied for
ranking-assessed = Assessed
ranking-before = Last time
ranking-gets = Gets
ranking-line = The budget ends here
ranking-full = In full
ranking-part = In part
ranking-nothing = Nothing
ranking-why-most = Greatest part of what was applied for
ranking-why-rest = What was left
ranking-why-least = Too few points
ranking-why-line = The budget did not reach
ranking-why-nothing = The assessment proposes nothing
ranking-why-district = Within the district's part
ranking-money = The money
ranking-proposed-sum = Proposed
ranking-left = Left
ranking-by-most = At most { $percent } percent of what was applied for
ranking-by-least = At least { $points } points
ranking-by-district = At least { $percent } percent of the budget to every district
ranking-by-rest = The first that does not fit gets what is left
ranking-districts = Districts
ranking-district-count = Applications: { $number }
ranking-propose = Propose the ranking
ranking-propose-text = A colleague then settles it. Only then do the cases go on with their amounts.
ranking-settle = Settle the ranking
ranking-settle-text = Every case goes on with its place and its amount. It cannot be undone.
ranking-turn-down = Turn the proposal down
ranking-take-back = Take the proposal back
ranking-turn-down-why = Why
ranking-told = What has happened
ranking-told-proposed = Proposal { $number }: { $who } proposed it { $time }.
ranking-told-settled = Proposal { $number }: { $who } settled it { $time }.
ranking-told-turned-down = Proposal { $number }: { $who } turned it down { $time }. { $why }
receipt-ranking-proposed = The ranking is proposed
receipt-ranking-proposed-text = A colleague needs to settle it.
receipt-ranking-settled = The ranking is settled
receipt-ranking-settled-text = The cases go on with their amounts.
receipt-ranking-turned-down = The proposal is turned down
receipt-ranking-turned-down-text = The round can be ranked again.
ranking-rounds = Rounds to rank
ranking-round-line = { $grant }, { $period }
ranking-round-waiting = { $count ->
    [0] No applications wait
    [one] 1 application waits
   *[other] { $number } applications wait
}
case-way-rank = Rank the round
case-way-assessments = Read the assessments
done-ranked = The round was ranked: place { $place }, { $points } points, { $amount }.

agenda-title = Cases of the meeting { $date }
agenda-title-stage = { $who } { $date }: cases
agenda-lead-stop = { $committee }. Stop day { $date }.
agenda-kept = { $count ->
    [one] 1 case is not shown, because you have a tie.
   *[other] { $number } cases are not shown, because you have a tie.
}
agenda-heading = The agenda
agenda-none = No cases are on it yet. Choose among those that wait for the committee.
agenda-proposed = Proposal
agenda-remove = Take off the agenda
agenda-remove-one = Take off the agenda: { $name }
agenda-waiting = Waiting for the committee
agenda-none-waiting = No more cases wait for the committee.
agenda-add = Put on the agenda
agenda-closed = The stop day has passed, or the minutes are announced.
agenda-cases = Cases and memo
agenda-delegated = Delegated decisions of the meeting
agenda-memo = Memo: { $grant }
agenda-plan = Plan a meeting
agenda-plan-text = Cases can be put on the agenda up to the stop day.
agenda-stop = Stop day
agenda-stop-hint = The last day to put cases on the agenda. Leave empty for none.
agenda-minutes-text = Write in what the minutes say of each case. Each becomes a decision of its own, which can be undone until the letter is sent.
agenda-paragraph = Paragraph of the minutes
agenda-paragraph-hint = In the minutes, such as § 31. For the cases that have none of their own.
agenda-minutes-text-stage = Write in what the minutes say of each case. The committee decides afterwards.
agenda-what = The committee's decision
agenda-what-stage = Proposal to the committee
agenda-says-proposed = Proposes the same
agenda-says-changed = Proposes another amount
agenda-says-refused = Proposes a refusal
agenda-said = { $who } { $place }: { $what }.
agenda-amount = Another amount (SEK)
agenda-reason = Reasons
agenda-reservation = Reservation
agenda-reserved = Reservation: { $text }
agenda-write-in = Write the decisions in
agenda-done-proposed = As proposed
agenda-done-changed = Another amount
agenda-done-refused = Refused
agenda-done-back = Referred back
agenda-done-tabled = Tabled
agenda-done-not-yet = Not written in yet
memo-title = Memo: { $grant }, { $date }
memo-short = Memo
memo-own = Own texts
memo-own-text = The rest writes itself from what stands in the cases.
memo-save = Save the texts
memo-lacks = The memo has no text under { $headings }. It is shown here when everything is written.
memo-pdf = As PDF
memo-docx = As Word
memo-html = As a web page
receipt-meeting-planned = The meeting is planned
receipt-meeting-planned-text = Cases can now be put on its agenda.
receipt-on-agenda = The cases are on the agenda
receipt-on-agenda-text = The meeting is to decide them.
receipt-off-agenda = The case is off the agenda
receipt-off-agenda-text = It waits for another meeting.
receipt-minutes-written = The decisions are written in
receipt-minutes-written-text = The letters are sent when the time to undo is over.
receipt-memo-saved = The texts are saved
receipt-memo-saved-text = Read the memo below.
receipt-memo-partly = The texts are saved
receipt-memo-partly-text = The memo is not ready yet: the page shows what is missing.
done-on-agenda = { $who } put the case on the agenda of { $day }.
done-off-agenda = { $who } took the case off the agenda of { $day }.
done-committee = The committee
done-in-committee = { $body } { $day }, { $paragraph }: { $done }. { $text }
case-way-committee = Put the case on the committee's agenda
meetings-prepares = Prepares
bundle-title = The papers in one file
bundle-text = The agenda as a web page and all memos as PDF and Word. They are made in the background.
bundle-cut = Memos
bundle-by-grant = One for each grant, with its applications in an annex
bundle-by-case = One for each case
bundle-ask = Make the papers
bundle-about = { $who } asked for them { $time }. { $cut }.
bundle-working = { $made } of { $total } documents
bundle-done = Ready
bundle-failed = Did not work
bundle-file = Fetch the papers (zip)
bundle-look = Load the page again to see how far it is
receipt-papers-asked = The papers are being made
receipt-papers-asked-text = Follow how far it is further down the page.
agenda-lead-stage = Prepares cases for { $committee }
agenda-write-in-stage = Write in the minutes
receipt-proposals-written = The minutes are written in
receipt-proposals-written-text = The committee decides next. Put the cases on its agenda.
