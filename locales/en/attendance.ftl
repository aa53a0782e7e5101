# Attendance: the preliminary amount, files, reports, clashes and attendance cards.

live-title = Preliminary grant
live-none = No attendance yet
live-none-text = The amount is reckoned once the attendance of the period is here.
live-rules = Reckoned with the rules for { $year }.
live-open = Reckoned with the rules for { $year }. The amount becomes final when the attendance has been checked after { $day }.
live-locked = Reckoned with the rules for { $year } and on the attendance as it was when the period was closed.
live-refused = As it stands there will be no grant
live-look = Worth a look
