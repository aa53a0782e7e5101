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
