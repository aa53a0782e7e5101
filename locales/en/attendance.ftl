# Attendance: the preliminary amount, files, reports, clashes and attendance cards.

live-title = Preliminary grant
live-none = No attendance yet
live-none-text = The amount is reckoned once the attendance of the period is here.
live-rules = Reckoned with the rules for { $year }.
live-open = Reckoned with the rules for { $year }. The amount becomes final when the attendance has been checked after { $day }.
live-locked = Reckoned with the rules for { $year } and on the attendance as it was when the period was closed.
live-refused = As it stands there will be no grant
live-look = Worth a look

nav-attendance = Attendance
receipt-source = The source is changed
receipt-source-text = The attendance you chose is used from now. What you had before does not count any more.
receipt-corrected = The row is corrected
receipt-corrected-text = The person's attendance counts now. The correction is kept by itself, beside the file as it was.
receipt-left-out = The rows stay left out
receipt-left-out-text = The rest of the file counts as usual. You may still correct the rows.
receipt-answered = Your answer is saved
receipt-answered-text = You may change it until the period is closed.
receipt-occasion = The occasion is saved
receipt-occasion-text = The attendance counts from now.
receipt-occasion-removed = The occasion is taken away
receipt-occasion-removed-text = It does not count any more.
receipt-member-added = The person is on the card
receipt-member-added-text = You may tick her or him at the next occasion.
receipt-member-removed = The person is taken off the card
receipt-member-removed-text = Earlier attendance stays.

att-title = Attendance
att-lead = Attendance decides how large your grant will be. Send the file from your attendance system, let the system send it, or write it in by hand.
att-no-periods = There is no period to hand in attendance for just now
att-no-periods-text = A period appears here when a grant that is reckoned on attendance has one.
att-source = Came as
att-source-upload = Uploaded file
att-source-push = Attendance system
att-source-hand = Attendance cards
att-occasions = Occasions
att-participants = Participations
att-leaders = Leaders' participations
att-persons = Persons
att-uses = Used for
att-used-for = { $grant } { $period }, apply by { $day }
att-used-applied = { $grant } { $period }, application handed in
att-state-locked = The period is closed
att-state-none = No attendance yet
att-state-in = Read
att-state-questions = { $count ->
    [one] 1 question unanswered
   *[other] { $number } questions unanswered
}
att-state-left-out = { $count ->
    [one] 1 mark left out
   *[other] { $number } marks left out
}

att-half-title = Attendance { $period }
att-way-back = Back to the application for { $what }
att-half-lead = No attendance has come for the period yet. Send the file from the association’s attendance system or write it in by hand.
att-locked-title = The period is closed
att-locked = The period was closed { $day }. Attendance may still be sent, but it does not change what has been reckoned. An officer is told that it has come.
att-came-upload = Handed in { $at }
att-came-push = Sent by the association’s attendance system { $at }
att-came-hand = Written in by hand
att-read-report = Read the report on the file
att-open-cards = Open the attendance cards
att-questions = { $count ->
    [one] 1 mark overlaps in time with another registration
   *[other] { $number } marks overlap in time with another registration
}
att-questions-text = Whoever made the other registration is asked the same.
att-questions-paper = The association answers itself, on its own pages or when asked.
att-questions-own = Your own other registration lies at the same time. Choose which of the two is right.
att-questions-mixed = Some overlap with your own other registration: choose which of the two is right. In the others, whoever made the other registration is asked the same.
att-questions-link = Show and answer
att-left-out = { $count ->
    [one] 1 mark does not count yet
   *[other] { $number } marks do not count yet
}
att-left-out-text = A personal number is missing or wrong. Correct the rows or leave them out.
att-left-out-paper = A personal number is missing or wrong. Ask the association for a corrected file and read it in.
att-left-out-link = Show the rows
att-account = How the marks are counted
att-all-rows = Show all rows with an explanation
att-upload = Send a file
att-upload-again = Send a new file
att-upload-text = We read the file at once, check every row and show what counts.
att-file-label = Attendance file
att-file-hint = XML in the format DAK (Aktivitetskort), preferably compressed with gzip. At most 200 MB.
att-file-send = Send the file
att-where = Where do we find the file?
att-where-text = Log in to the association’s attendance system, such as IdrottOnline, SportAdmin, laget.se or Skojjt. Look for “attendance report to the municipality”, “DAK” or “aktivitetskort” and save the file on your computer or phone.
att-confirm-push = Use the file instead of what the attendance system has sent for the period
att-confirm-hand = Use the file instead of the attendance cards for the period
att-confirm-missing = Tick that the file is to be used instead of what counts now, and choose the file again.
att-no-file = Choose the file to send.
att-empty-file = The file is empty. It has to be exported again in the attendance system.
att-too-large = The file is larger than 200 MB. Split it, for instance into one file per attendance card.
att-broken = The sending broke off and nothing was saved. Choose the file and send it again.
att-wrong-pdf = This is a PDF. Export the attendance in the format DAK (XML) in the attendance system.
att-wrong-excel = This is an Excel file or a zip file. Export the attendance in the format DAK (XML) in the attendance system.
att-wrong-picture = This is a picture. Export the attendance in the format DAK (XML) in the attendance system.
att-wrong-json = This is a JSON file. Export the attendance in the format DAK (XML) in the attendance system.
att-hand = Write in by hand
att-hand-text = No attendance system? Make an attendance card for each group and tick who was there.
att-hand-link = Attendance cards
att-others = Other attendance
att-other-text = { $source }: { $count } occasions, last { $at }.
att-other-use = Use { $source } instead
att-other-warning = What is used now does not count then. It can be changed back.
att-other-confirm = Yes, change
att-files = Files that have come
att-file-in = Read
att-file-partly = Read in part
att-file-refused = Not read

att-report = Report
att-report-title = { $name }, { $at }
att-verdict-in = The whole file was read.
att-verdict-partly = { $count ->
    [one] The file was read save 1 mark. Correct the row below, or leave it out.
   *[other] The file was read save { $number } marks. Correct the rows below, or leave them out.
}
att-verdict-refused = The file is not read and nothing has changed. Below is what is wrong and what you can do.
att-same-file = This is the same file as you sent { $at }. It has counted only once.
att-not-used = The file is not used any more: other attendance counts for the period.
att-disposed = The records have been disposed of. The names cannot be shown any more.
att-format = Format
att-period = Period
att-came = Came
att-file = The file
att-read = What we read
att-excluded-marks = Marks left out
att-effect = What was changed
att-written = New or changed occasions
att-taken-away = Taken away or replaced
att-excluded = Rows that do not count
att-excluded-text = These persons have no valid personal number. The rest of the file counts.
att-line = Line { $line }
att-marks = { $count ->
    [one] 1 mark
   *[other] { $number } marks
}
att-person-id = Person with id { $id }
att-row-open = Does not count yet
att-row-corrected = Corrected
att-row-left-out = Left out
att-correct = Correct the personal number
att-number-of = Personal number of { $who }
att-number-hint = Twelve digits, such as YYYYMMDD-NNNN. A coordination number will do too.
att-correct-send = Correct the row
att-leave-out = { $count ->
    [one] Read the rest, leave this mark out
   *[other] Read the rest, leave these { $number } marks out
}
att-more = { $count ->
    [one] And 1 more. All of them are in the report to download.
   *[other] And { $count } more. All of them are in the report to download.
}
att-findings = Faults and remarks
att-no-findings = No faults and no remarks.
att-whole-file = The whole file
att-finding-error = Fault
att-finding-warning = To know
att-download-csv = Download the report as CSV
att-download-answer = Download the answer for the attendance system (XML)
att-csv-line = Line
att-csv-state = State
att-csv-who = Who
att-csv-marks = Marks
att-csv-what = What is wrong and what you can do

att-rows = Rows that do not count
att-rows-title = Marks that do not count
att-rows-lead = Every mark that gives no grant, and the rule that decided it.
att-rows-filter = Show
att-rows-all = All
att-rows-show = Show
att-rows-none = Every mark counts. There is nothing to explain here.
att-rows-who = Who
att-rows-when = When and what
att-rows-why = Why it does not count
att-no-name = The name is not shown
att-role-leader = Leader
att-role-participant = Participant

att-clashes = Clashes
att-clashes-all = All clashes and your answers
att-clashes-title = Clashes { $period }
att-clashes-lead = The same person is registered in two places at the same time. Say what is right on your side.
att-clashes-none = No clashes
att-clashes-none-text = None of your marks overlaps in time with another registration.
att-clashes-open = { $count ->
    [one] 1 question waits for your answer.
   *[other] { $count } questions wait for your answer.
}
att-clash-own = Your registration
att-clash-other = Overlaps with
att-another = Another registration
att-answer-all = Give the same answer to all { $count } open questions about { $who }
att-answer-every = { $count ->
   *[other] Give one answer to all { $number } open questions
}
att-answer-every-text = The answer holds for every question about your own registration and another association's. You may change one answer at a time afterwards, until the period is closed.
att-answer-every-keep = All our registrations are right
att-answer-every-withdraw = Count none of ours
att-answer-change = Change to: { $answer }
att-clash-open = Unanswered
att-clash-closed = The period is closed
att-clash-until = Answer by { $day }.
att-clash-until-past = The time to answer ended { $day }, but you may answer until the period is closed.
att-default-none = If nobody answers the mark does not count.
att-default-first = If nobody answers the registration that began first counts.
att-default-both = If nobody answers both count.
att-default-officer = If nobody answers an officer decides.
att-answer-keep = Our registration is right
att-answer-withdraw = Do not count ours
att-answer-first = The first is right
att-answer-second = The second is right

att-cards = Attendance cards
att-cards-title = Attendance cards { $period }
att-cards-lead = A card for each group. Write in the persons once, then tick who was there.
att-cards-instead-title = The cards do not count just now
att-cards-instead = There is attendance from a file for the period. When an occasion is saved we ask whether the cards are to be used instead.
att-cards-none = There are no groups yet
att-cards-none-text = Begin with the first group below, such as Girls born 2014.
att-groups = Groups
att-group-new = New group
att-group-add = Add the group
att-group-people = { $participants ->
    [one] 1 participant
   *[other] { $participants } participants
}, { $leaders ->
    [one] 1 leader
   *[other] { $leaders } leaders
}
att-field-namn = The group's name
att-field-namn-hint = As the association says itself, such as Girls born 2014.
att-field-aktivitet = What the group does
att-field-aktivitet-hint = Such as training, meeting or choir practice.
att-field-plats = Place
att-field-fornamn = Given name
att-field-efternamn = Family name
att-field-personnummer = Personal number
att-field-roll = Is there as
att-field-disability = Has a disability
att-field-disability-hint = Voluntary. Only needed where the person is older than the age limit of the grant. The person must have agreed that it is written here.
att-card-title = { $group }, { $period }
att-card-begin = Add those who are in the group first. Then occasions can be written in.
att-card-no-occasions = No occasion is written in for the period yet.
att-occasion-new = New occasion
att-print = Print the card
att-members = Persons on the card
att-member-new = Add a person
att-member-add = Add the person
att-member-remove = Remove
att-member-remove-who = Remove { $who } from the card
att-occasion = Occasion
att-occasion-new-title = New occasion, { $group }
att-occasion-open-title = Occasion { $day }, { $group }
att-copied = Times, place and who was there come from the last occasion. Change what is not right.
att-when = When
att-field-datum = Day
att-field-start = Began
att-field-slut = Ended
att-times-hint = Write the time as 18:00. If the occasion ended after midnight, just write when it ended.
att-who = Who was there?
att-ticks-leaders = Leaders
att-ticks-participants = Participants
att-ticks-none = Nobody is on the card yet.
att-what = What and where
att-field-typ = Kind
att-kind-training = Training
att-kind-match = Match or competition
att-kind-meeting = Meeting
att-kind-other = Other
att-field-byt = Use the attendance cards instead of the attendance that counts now
att-occasion-save = Save the occasion
att-occasion-remove = Take the occasion away
att-occasion-remove-text = The attendance does not count any more then.
att-occasion-remove-confirm = Yes, take it away
att-print-title = Attendance card { $group }, { $period }
att-print-crumb = Print
att-print-how = Print the page with your browser. Empty columns are for ticking on paper.
att-print-table = Attendance card, sheet
att-print-empty = Empty column
att-print-there = Was there
