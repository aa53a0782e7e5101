# The public pages.

yes = Yes
no = No

start-title = Grants to associations in …
start-lead = See what you can apply for, apply, and follow your case. The amount and how it is worked out show already while you fill in.
start-log-in = Log in to My pages
start-open = Open
start-opens = Opens { $date }
start-closed = Closed
start-today = today
start-days-left = { $count ->
    [one] tomorrow
   *[other] in { $count } days
}
start-calendar = Put the year's dates into your calendar
start-periods = Periods
start-work-cases = { $count ->
    [0] No case needs an officer
    [one] 1 case needs an officer
   *[other] { $count } cases need an officer
}
start-work-decide = { $count ->
    [0] No case is ready for decision
    [one] 1 case is ready for decision
   *[other] { $count } cases are ready for decision
}
start-work-periods = { $count ->
    [0] No case waits for a period to close
    [one] 1 case waits for a period to close
   *[other] { $count } cases wait for a period to close
}
start-work-payments = Review, attest and make files for bank and ledger

calendar-title = Last days to apply
calendar-lead = Put the dates into your own calendar and miss none of them.
calendar-file = Download as a calendar file
calendar-last-day = Last day to apply
calendar-period = For
calendar-opens = Opens
calendar-none = There are no days to apply ahead just now.

finder-title = Which grants can we apply for?
finder-lead = Answer what you know. The answers are not stored. The same rules decide the application.
finder-known = This is how it looks for { $name } on what the register says today.
finder-kind = Who applies?
finder-association = An association
finder-company = A company or foundation
finder-person = A single person
finder-approval = Do you have a valid approval: …?
finder-do-not-know = Do not know
finder-members = Members aged …
finder-members-older = Members aged … or older
finder-members-hint = Count the age at the end of the year. Leave it empty if you do not know.
finder-founded = When was the association founded?
finder-show = Show which grants we can apply for
finder-answer = What you can apply for
finder-can = You can apply
finder-can-approval = You can apply
finder-can-later = You can apply when the round opens
finder-approved = You are approved
finder-holds = Holds until …
finder-applied = You have applied
finder-cannot = You cannot apply yet
finder-depends = It depends on
finder-others = For other applicants
finder-until = Apply by …
finder-opens = Opens …
finder-closed = No open round
finder-bad-number = Write a whole number, such as 25.
finder-bad-date = Write a date, such as 2026-05-01.
finder-not-binding = The answer is a help on the way and no decision.

grant-get = What you can get
grant-figures = Amounts and limits
grant-rule = Rule
grant-value = Value
grant-paragraph = Paragraph
grant-since = since { $date }
grant-earlier = Earlier values
grant-example = Worked example
grant-example-lead = The example is one of the cases that the rules are tested with, worked out by the same rules as your grant.
grant-requirements = Requirements
grant-requirements-lead = How the requirements came out in the example. Your application is held against the same ones with your own figures.
grant-procedure = How it goes
grant-signed-role = Whoever may fill in for the association hands in the application.
grant-signed-one = One signatory signs.
grant-signed-rule = The application is signed as your signatory rule says. The first signature counts as the day of receipt.
grant-decided-delegate = A named official decides on behalf of the committee after the rules have calculated.
grant-decided-automatic = The decision is made automatically by the rules.
grant-decided-officer = An officer assesses the application and decides on behalf of the committee.
grant-decided-committee = Officers prepare the application and the committee decides.
grant-appeal-legality = The decision can be appealed by legality review. The decision says how.
grant-appeal-full = The decision can be appealed. The decision says how.
grant-approval-year = The approval is reckoned from your own financial year, and you are reminded before it ends.
grant-history = History of the rules
grant-rules-decided = The rules were decided by { $who }.
grant-version = Version { $number }
grant-sources = The numbers come from:
grant-aside = The application in short
grant-apply = Apply
grant-not-open = One cannot apply just now.
grant-until = Apply by { $date }.
grant-requires = You first need to be:
grant-in-short = In short
grant-rounds = Rounds
grant-papers = What you need to have at hand
check-ok = Met
check-soft = To look at
check-unknown = Not known
check-fail = Not met

access-scope = About this statement
access-scope-text =
    { $municipality } is behind this service for grants to associations. We want everybody to be able to use it. Here you read how the service meets the Swedish act on the accessibility of digital public services (2018:1937), which faults we know of and how to report more.
access-status = How accessible is the service?
access-status-text =
    The service partly complies with the act. Its pages are built to WCAG 2.2 level AA. They are made to be used by keyboard, with a screen reader, at 400 percent zoom and without JavaScript. What we know not to comply is listed below.
access-faults = What is not accessible
access-faults-text =
    The PDF letters do not show every emoji. The same letter exists as a web page, which shows them.
    {""}
    Documents that associations have handed in are shown as they came. They may lack a text layer, headings and image descriptions. The act exempts content by others that we have not made. Tell us if you need such a document in another way.
access-help = If there is something you cannot use
access-help-text =
    Get in touch, and you will get the content in another way: as plain text, read aloud, in large print or on paper. You can also make your application with our help. It costs nothing.
    {""}
    Contact us: { $contact }. We answer within two working days.
access-report = Report a fault
access-report-text =
    Have you found something that is not listed here, or that you think breaks the act? Tell us what happened, here or at the same address. You need not say who you are. We put right what we can, and otherwise say when it will be done.
access-form-text = What does not work?
access-form-text-hint = Tell us what you wanted to do and what happened. Write no personal numbers.
access-form-page = Which page is it?
access-form-page-hint = The page's heading or address.
access-form-name = Your name
access-form-email = Your e-mail address
access-form-email-hint = If you want an answer.
access-form-send = Send the report
receipt-access = Thank you, your report is sent
receipt-access-text = We read it within two working days. If you gave an e-mail address we answer there.
access-authority = If you are not satisfied
access-authority-text =
    The Agency for Digital Government (Digg) supervises the act. If you are not satisfied with our answer you can report it to them at digg.se/anmal-bristande-tillganglighet.
access-tested = How we have tested the service
access-tested-text =
    We have assessed the service ourselves. A selection of the pages is tested with axe-core in light and dark mode, at the width of a phone and of a computer. Whole flows have not yet been tested by keyboard alone, with a screen reader or without JavaScript, and on a narrow phone a table may be too wide. The latest assessment was made on 27 November 2026.
privacy-who = Who is responsible
privacy-who-text =
    { $committee } of { $municipality } is the controller of the personal data in this service.
    {""}
    Contact us, or the municipality's data protection officer, at { $contact }.
privacy-why = Why we process data
privacy-why-text =
    We process data to receive applications, reckon and decide grants, pay them and check that they are used rightly.
    {""}
    The legal basis is a task in the public interest (article 6.1 e of the General Data Protection Regulation and chapter 2 section 2 of the Swedish Data Protection Act). Paying and keeping accounts is also a legal obligation.
privacy-what = Which data
privacy-what-text =
    Whoever acts for an association: name, e-mail, role and what she has done in the service.
    {""}
    Whoever takes part in an association's activities: name, personal number and which occasions she attended. Personal numbers are needed so that nobody is counted twice and so that age and home municipality are right (chapter 3 section 10 of the Data Protection Act). A note of disability is kept only if a grant needs it.
    {""}
    Whoever applies for herself: what the application says.
privacy-source = Where the data come from
privacy-source-text =
    Most come from the association, in an attendance list or from the system it uses. The home municipality comes from the population register. The association should have told those who take part, or their guardians, that the list is handed to the municipality.
privacy-protection = How the data are protected
privacy-protection-text =
    Names and personal numbers are kept encrypted. Calculations hold only a serial number, date of birth and sex. Only those who need the data in their work reach them, and reading is logged.
    {""}
    Whoever has a protected identity is not shown in lists, letters or statistics. Statistics of fewer than five persons are not shown.
privacy-recipients = Who receives them
privacy-recipients-text =
    The bank and the municipality's ledger receive what is needed to pay. Other associations never learn who is in your list.
    {""}
    What comes in to the municipality is a public record and may be handed out. Before that we examine whether it is secret. The service transfers no data to countries outside the EU and the EEA.
privacy-time = How long they are kept
privacy-time-text =
    Attendance lists are disposed of by the committee's decision. The encryption key is then destroyed, and names and personal numbers can no longer be read. Decisions and accounts are kept as long as the Archives Act and the rules on accounting demand.
privacy-automatic = Decisions are made by people
privacy-automatic-text =
    The service reckons a proposal by the committee's rules. Decisions on grants to a person are always made by a human being. No profiling is done.
privacy-rights = Your rights
privacy-rights-text =
    You have the right to know which data we have about you and to have errors put right. You can also ask us to restrict the processing, or object to it. In some cases you can have data erased. That does not hold for what we must keep.
    {""}
    Write to us, and we answer within a month. For a child, a guardian asks. If you are not satisfied you can complain to the Swedish Authority for Privacy Protection, imy.se.
access-title = Accessibility statement
privacy-title = How we process personal data
