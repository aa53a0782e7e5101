# Who gets a case, being away, the working day.
done-assigned-only = { $person } was given the case automatically. Nobody else at { $group } could take it.
done-assigned-open = { $person } was given the case automatically: the fewest open cases ({ $open }) of the { $among } at { $group } who could take it.
done-assigned-lately = { $person } was given the case automatically: as few open cases as a colleague ({ $open }) but the fewest given in the last 30 days ({ $lately }), of the { $among } at { $group } who could take it.
done-assigned-name = { $person } was given the case automatically: several of the { $among } at { $group } had as little to do ({ $open } open cases), and the name comes first in the alphabet.
done-unassigned = Nobody at { $group } could take the case automatically: all are away, conflicted or not allowed to. Somebody needs to take it.

receipt-absent = You are noted as away
receipt-absent-text = New cases are not given to you on those days, and your substitute sees what is yours.
receipt-present = You are back
receipt-present-text = New cases are given to you again.
receipt-unit = The unit is changed
receipt-unit-text = New cases are given accordingly. Cases that have an officer already stay.

workload-title = Sharing of work
workload-lead = This is how the cases are shared, and here you say that you are away.
workload-officers = Officers
workload-none = There is no officer yet. Add staff first.
workload-open = Open cases
workload-lately = Given in the last 30 days
workload-here = Presence
workload-is-here = Here
workload-away = Away { $from } to { $until }
workload-away-with = Away { $from } to { $until }. { $name } stands in.
workload-away-until = Away until { $until }
workload-explained = Where a grant type gives cases by load, whoever has the fewest open cases gets the next. Who is away or has a conflict of interest gets none.
workload-units = Units
workload-no-units = The municipality has no units. They are written under the committee in the municipality's settings.
workload-unit-empty = Nobody belongs to the unit yet. Cases that should go there get no officer by themselves.
workload-unit-change = Change who belongs to { $unit }
workload-unit-button = Save the unit
workload-say = I am away
workload-say-text = New cases are not given to you. Your substitute sees your cases among hers.
workload-say-button = Say that I am away
workload-from = First day
workload-until = Last day
workload-substitute = Substitute
workload-substitute-hint = The substitute sees what you have to do. Where she has a conflict of interest nothing shows.
workload-nobody = No substitute
workload-back = I am back
workload-only-officers = Only officers say here that they are away.
workload-cases =
    { $count ->
        [one] { $number } open case
       *[other] { $number } open cases
    }

# The dialogue: files, receipts, templates.
message-files = Attach files
message-files-hint = These are fine: { $kinds }. At most { $most } files of { $megabytes } MB each.
message-attached = Attached files
message-read-by = Read { $when } by { $who }
dialogue-read = Read by the municipality { $when }
dialogue-unread = The municipality has not read it yet
messages-template = Write from a template
messages-template-use = Use the template
messages-missing = The case has nothing to fill in for { $places }. Write what should stand there before you send.
receipt-template = The template is saved
receipt-template-text = It can now be chosen when you write a message in a case.
receipt-template-retired = The template is out of use
receipt-template-retired-text = It cannot be chosen in new messages. What was sent already does not change.
receipt-template-offered = The template is in use again
receipt-template-offered-text = It can be chosen when you write a message in a case.
templates-title = Message templates
templates-lead = Texts that you write often. The case fills in names, numbers and dates.
templates-new = New template
templates-none = There is no template yet
templates-none-text = Write a template for what you often ask, such as a missing lease.
templates-written = Changed { $when }
templates-retired = Templates out of use
templates-one-lead = What stands in braces is filled in by the case.
templates-name = The template's name
templates-text = Text
templates-case = Try it on a case
templates-case-hint = The diary number, such as KFN 2026/131. Empty means the first in the list.
templates-save = Save the template
templates-preview = Preview
templates-preview-title = This is how it reads
templates-preview-none = Write the text and choose Preview.
templates-preview-in = In case { $number }
templates-places = What the case can fill in
templates-retire = Stop using the template
templates-offer = Use the template again
place-number = the case's diary number
place-applicant = the applicant's name
place-grant = the grant's name
place-period = the period in words
place-last-day = the last day to answer, when the case waits for an answer
place-officer = the case's officer
place-amount = the amount, calculated or decided

# Handing over.
hand-over-unit = { $unit } (whoever has the least to do)
hand-over-case = The case now
hand-over-show = Show what follows along
hand-over-preview = This is what happens
hand-over-preview-to = This is what happens if { $name } takes over
hand-over-has = Has { $cases } now.
hand-over-nothing = Nothing but the case itself.
hand-over-due = By { $date }
hand-over-waits = The supplement that you wait for, last day { $date }
hand-over-promised = A promised paper that has not come
hand-over-not-hers = Follows along, but somebody else must do it
hand-over-four-eyes = To be done by somebody else than the case's officer.
hand-over-done = Has done her part of the task already.
hand-over-stays = Does not follow along
hand-over-begun = { $name } has begun the assessment. It is personal and stays with { $name }.
hand-over-conflicted = { $name } has a conflict of interest and cannot take the case. Choose somebody else.
hand-over-other = { $name } does not handle the committee's cases. Choose somebody else.
hand-over-has-it = { $name } has the case already.
hand-over-nobody = Nobody else in the unit can take the case now: all are away, conflicted or not allowed to.
hand-over-to-name = Hand over to { $name }

# The list, several cases at once, keys.
cases-todo-today = To do today
cases-todo-opened = Opened, not finished
cases-today = Today
cases-opened =
    { $count ->
        [one] You have opened { $number } case and done nothing in it
       *[other] You have opened { $number } cases and done nothing in them
    }
receipt-several = It is done
receipt-several-text = Every case that you chose is included.
bulk-take = Take the cases
bulk-take-lead = You become their officer. Cases that a colleague has already are skipped.
bulk-away = Put aside
bulk-away-lead = The cases come back on the day you choose, or when something happens in them.
bulk-hand-over = Hand the cases over
bulk-hand-over-lead = Choose who takes over and see which cases can be handed over.
bulk-show = Show what can be handed over
bulk-to = { $name } takes over.
hand-over-nobody-chosen = Choose who takes over.
bulk-none = Tick cases in the list and choose what to do with them.
bulk-done =
    { $count ->
        [one] 1 case
       *[other] { $count } cases
    }
bulk-done-none = It can be done with none of the cases.
bulk-skipped =
    { $count ->
        [0] Nothing is skipped
        [one] 1 case is skipped
       *[other] { $count } cases are skipped
    }
bulk-skipped-none = Every case that you chose is included.
bulk-some =
    { $count ->
        [0] No case was changed. This is why.
        [one] 1 case is done. These were skipped.
       *[other] { $number } cases are done. These were skipped.
    }
bulk-skip-not-allowed = You do not handle the committee's cases.
bulk-skip-closed = The case is closed.
bulk-skip-yours = You have the case already.
bulk-skip-colleague = { $name } has the case. Ask { $name } to hand it over.
bulk-skip-aside = Is put aside until that day already.
bulk-skip-conflicted = The one you chose has a conflict of interest in the case.
bulk-skip-other = The one you chose does not handle the committee's cases.
bulk-skip-has-it = The one you chose has the case already.
bulk-skip-nobody = Nobody else in the unit can take the case now.
keys-title = Keys in the list
keys-lead = While the list of cases has the focus it can be walked by the keyboard.
keys-tab = Tab
keys-tab-text = Go to the list and on in it.
keys-down = Arrow down and arrow up
keys-down-text = The next case and the one before.
keys-ends = Home and End
keys-ends-text = The first and the last case of the page.
keys-enter = Enter
keys-enter-text = Open the case.
keys-tick = x
keys-tick-text = Tick the case, or take the tick away.
keys-help = ?
keys-help-text = Show this page.
keys-without = The keys do something only while the list has the focus. Without scripts, Tab and Enter are enough.
