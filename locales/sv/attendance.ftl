# Närvaron: det preliminära beloppet, filer, rapporter, krockar och närvarokort.

live-title = Preliminärt bidrag
live-none = Ingen närvaro än
live-none-text = Beloppet räknas fram när närvaron för perioden finns här.
live-rules = Räknat med reglerna för { $year }.
live-open = Räknat med reglerna för { $year }. Beloppet blir slutligt när närvaron har kontrollerats efter den { $day }.
live-locked = Räknat med reglerna för { $year } och på närvaron som den var när perioden stängdes.
live-refused = Med det här svaret blir det inget bidrag
live-look = Att titta på
