//! The associations of Exempelstad. All invented; the organisation numbers are of the series that the sample files use.

use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};

use super::generate::{Group, Kind, Plan};
use super::samples::Sample;
use crate::domain::account_number::AccountKind;
use crate::domain::attendance::Sex;

/// An association and what the demo knows of it.
#[derive(Clone, Copy, Debug)]
pub struct Association {
    /// Organisation number.
    pub number: &'static str,
    /// Name.
    pub name: &'static str,
    /// Classification that rules read.
    pub category: &'static str,
    /// When it was founded.
    pub founded: &'static str,
    /// Its id in attendance systems.
    pub external: &'static str,
    /// Chair and treasurer.
    pub board: (&'static str, &'static str),
    /// Its account: numbers that examples use, none that anybody has.
    pub account: (AccountKind, &'static str),
    /// First and last day of the approval it had before, if any.
    pub approved: Option<(&'static str, &'static str)>,
    /// Activity grants of both halves of 2025, in kronor; none for who is new.
    pub earlier: Option<(i64, i64)>,
    /// Members.
    pub members: i64,
    /// Its attendance.
    pub attendance: Attendance,
}

/// Where an association's attendance comes from.
#[derive(Clone, Copy, Debug)]
pub enum Attendance {
    /// A sample file.
    Sample(Sample),
    /// A generated file.
    Generated(Plan),
    /// None.
    None,
}

/// People who are in more than one group, and what the population register says of them.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    /// Year of birth.
    pub born: i32,
    /// Legal sex.
    pub sex: Sex,
    /// What the register says.
    pub register: Register,
}

/// What the population register says of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    /// She lives here.
    Here,
    /// She lives in another municipality.
    Elsewhere,
    /// Sekretessmarkering.
    Marked,
    /// Skyddad folkbokföring.
    Registered,
}

/// In the swimming club and twice in the judo club at the same time: the swimming club answers.
pub const ANSWERED: usize = 0;
/// In the football club and twice in the floorball club at the same time: nobody has answered yet.
pub const UNANSWERED: usize = 1;
/// Has a sekretessmarkering and is in two clubs at the same time: nobody is asked.
pub const MARKED: usize = 2;
/// Has skyddad folkbokföring.
pub const REGISTERED: usize = 3;
/// In two groups of the gymnastics club at the same time.
pub const WITHIN: usize = 4;
/// Lives in another municipality.
pub const ELSEWHERE: usize = 5;

/// The people that groups name as guests.
pub const SHARED: [Shared; 6] = [
    Shared { born: 2013, sex: Sex::Female, register: Register::Here },
    Shared { born: 2012, sex: Sex::Male, register: Register::Here },
    Shared { born: 2014, sex: Sex::Female, register: Register::Marked },
    Shared { born: 2011, sex: Sex::Male, register: Register::Registered },
    Shared { born: 2015, sex: Sex::Female, register: Register::Here },
    Shared { born: 2010, sex: Sex::Male, register: Register::Elsewhere },
];

/// Always there.
const ALWAYS: usize = usize::MAX;

/// Places in [`ASSOCIATIONS`] of those the story names.
pub mod who {
    #![expect(missing_docs, reason = "the names say it")]
    pub const LARGE_SCOUTS: usize = 0;
    pub const SMALL_SCOUTS: usize = 1;
    pub const ALL_FEATURES: usize = 2;
    pub const MIDNIGHT: usize = 3;
    pub const SWIMMING: usize = 4;
    pub const FOOTBALL: usize = 5;
    pub const GYMNASTICS: usize = 6;
    pub const RIDING: usize = 7;
    pub const FLOORBALL: usize = 8;
    pub const THEATRE: usize = 9;
    pub const CHOIR: usize = 10;
    pub const PARASPORT: usize = 11;
    pub const PENSIONERS: usize = 12;
    pub const CHESS: usize = 13;
    pub const JUDO: usize = 14;
    pub const ORIENTEERING: usize = 15;
    pub const CULTURE: usize = 16;
    pub const GAMES: usize = 17;
    pub const DANCE: usize = 18;
    pub const OUTDOORS: usize = 19;
}

const fn group(
    name: &'static str,
    weekday: chrono::Weekday,
    start: (u32, u32),
    minutes: i64,
    born: (i32, i32),
    sizes: (usize, usize, usize),
) -> Group {
    let (girls, boys, leaders) = sizes;
    Group { name, weekday, start, minutes, born, girls, boys, leaders, kind: Kind::Training, guests: &[], camp: None }
}

const APPROVED: Option<(&str, &str)> = Some(("2025-07-01", "2026-12-31"));

/// All of them.
pub const ASSOCIATIONS: [Association; 20] = [
    Association {
        number: "802999-9904",
        name: "Ängsholmens Scoutkår",
        category: "ungdom",
        founded: "1931-09-12",
        external: "4711",
        board: ("Kerstin Wallander", "Per Sandgren"),
        account: (AccountKind::Bankgiro, "5012-3454"),
        approved: APPROVED,
        earlier: Some((38_200, 36_900)),
        members: 402,
        attendance: Attendance::Sample(Sample::Large),
    },
    Association {
        number: "802999-9011",
        name: "Sjövallens Scoutkår",
        category: "ungdom",
        founded: "1978-03-01",
        external: "21874",
        board: ("Ulrika Hägg", "Mats Nyström"),
        account: (AccountKind::Bankgiro, "991-2346"),
        approved: APPROVED,
        earlier: Some((1_870, 1_930)),
        members: 41,
        attendance: Attendance::Sample(Sample::Small),
    },
    Association {
        number: "802999-9029",
        name: "Ängsvallens IF",
        category: "ungdom",
        founded: "1964-05-20",
        external: "323",
        board: ("Leif Engström", "Annika Ström"),
        account: (AccountKind::Plusgiro, "41 23 45-1"),
        approved: APPROVED,
        earlier: Some((260, 245)),
        members: 38,
        attendance: Attendance::Sample(Sample::AllFeatures),
    },
    Association {
        number: "802999-9037",
        name: "Björkdalens IK",
        category: "ungdom",
        founded: "1952-04-02",
        external: "bdik",
        board: ("Roger Lindh", "Susanne Ek"),
        account: (AccountKind::Bankgiro, "999-1308"),
        approved: APPROVED,
        earlier: Some((80, 65)),
        members: 27,
        attendance: Attendance::Sample(Sample::Midnight),
    },
    Association {
        number: "802999-9045",
        name: "Exempelstads Simsällskap",
        category: "ungdom",
        founded: "1946-11-03",
        external: "ess",
        board: ("Malin Rask", "Jonas Hedin"),
        account: (AccountKind::Bankgiro, "999-1316"),
        approved: APPROVED,
        earlier: Some((4_700, 4_450)),
        members: 186,
        attendance: Attendance::Generated(Plan {
            seed: 5,
            activity: "Simning",
            place: "Exempelbadet",
            groups: &[
                Group { guests: &[(ANSWERED, ALWAYS), (MARKED, ALWAYS)], ..group("Haj 1", Tue, (17, 0), 60, (2012, 2016), (8, 6, 2)) },
                group("Bläckfisk", Thu, (16, 30), 45, (2017, 2020), (7, 6, 2)),
            ],
        }),
    },
    Association {
        number: "802999-9052",
        name: "Norrängens FK",
        category: "ungdom",
        founded: "1971-02-14",
        external: "nfk",
        board: ("Hassan Yildiz", "Petra Malm"),
        account: (AccountKind::Bankgiro, "999-1324"),
        approved: APPROVED,
        earlier: Some((5_300, 5_050)),
        members: 240,
        attendance: Attendance::Generated(Plan {
            seed: 6,
            activity: "Fotboll",
            place: "Norrängens IP",
            groups: &[
                Group { kind: Kind::Team, guests: &[(UNANSWERED, ALWAYS)], ..group("P2012", Mon, (18, 0), 75, (2011, 2013), (0, 16, 3)) },
                Group { kind: Kind::Team, camp: Some("2026-05-23"), ..group("F2014", Wed, (17, 30), 60, (2013, 2015), (14, 0, 2)) },
            ],
        }),
    },
    Association {
        number: "802999-9060",
        name: "Gymnastikföreningen Volten",
        category: "ungdom",
        founded: "1988-08-18",
        external: "volten",
        board: ("Camilla Rosén", "Ingela Palm"),
        account: (AccountKind::Bankgiro, "999-1332"),
        approved: APPROVED,
        earlier: Some((5_400, 5_200)),
        members: 150,
        attendance: Attendance::Generated(Plan {
            seed: 7,
            activity: "Truppgymnastik",
            place: "Voltenhallen",
            groups: &[
                Group { guests: &[(WITHIN, ALWAYS)], ..group("Trupp 10-12 år", Wed, (17, 0), 90, (2014, 2016), (15, 2, 3)) },
                Group { guests: &[(WITHIN, 1)], ..group("Trampolin", Wed, (18, 0), 60, (2012, 2016), (6, 5, 2)) },
            ],
        }),
    },
    Association {
        number: "802999-9078",
        name: "Exempelstads Ridklubb",
        category: "ungdom",
        founded: "1959-06-30",
        external: "erk",
        board: ("Birgitta Forsberg", "Lena Dahl"),
        account: (AccountKind::Bankgiro, "999-1340"),
        approved: APPROVED,
        earlier: Some((3_000, 2_750)),
        members: 210,
        attendance: Attendance::Generated(Plan {
            seed: 8,
            activity: "Ridning",
            place: "Exempelstads ridhus",
            groups: &[Group {
                guests: &[(REGISTERED, ALWAYS), (ELSEWHERE, ALWAYS)],
                ..group("Lektionsgrupp 3", Thu, (18, 0), 60, (2008, 2015), (13, 1, 2))
            }],
        }),
    },
    Association {
        number: "802999-9086",
        name: "Kvarnbyns IBK",
        category: "ungdom",
        founded: "1995-10-09",
        external: "kibk",
        board: ("Niklas Holmgren", "Sara Edlund"),
        account: (AccountKind::Bankgiro, "999-1357"),
        approved: APPROVED,
        earlier: Some((2_950, 2_800)),
        members: 96,
        attendance: Attendance::Generated(Plan {
            seed: 9,
            activity: "Innebandy",
            place: "Kvarnbyhallen",
            groups: &[Group { kind: Kind::Team, guests: &[(UNANSWERED, 2)], ..group("P12", Mon, (18, 30), 60, (2011, 2014), (2, 14, 2)) }],
        }),
    },
    Association {
        number: "802999-9094",
        name: "Teatergruppen Rampljuset",
        category: "kultur",
        founded: "2003-01-22",
        external: "rampen",
        board: ("Agneta Sundin", "Oskar Gran"),
        account: (AccountKind::Bankgiro, "999-1365"),
        approved: APPROVED,
        earlier: Some((2_450, 2_300)),
        members: 58,
        attendance: Attendance::Generated(Plan {
            seed: 10,
            activity: "Teater",
            place: "Kulturhuset Ladan",
            groups: &[Group {
                kind: Kind::Meeting,
                camp: Some("2026-04-25"),
                ..group("Ungdomsensemblen", Mon, (17, 0), 120, (2007, 2012), (9, 5, 2))
            }],
        }),
    },
    Association {
        number: "802999-9102",
        name: "Unga Kören Exempelstad",
        category: "kultur",
        founded: "1999-09-15",
        external: "ungakoren",
        board: ("Helena Borg", "Tomas Viklund"),
        account: (AccountKind::Bankgiro, "999-1373"),
        approved: APPROVED,
        earlier: Some((3_100, 2_900)),
        members: 47,
        attendance: Attendance::Generated(Plan {
            seed: 11,
            activity: "Körsång",
            place: "Musikhuset",
            groups: &[Group { kind: Kind::Meeting, ..group("Stora kören", Thu, (17, 30), 90, (2008, 2016), (13, 4, 2)) }],
        }),
    },
    Association {
        number: "802999-9110",
        name: "Parasport Exempelstad",
        category: "funktionsratt",
        founded: "1984-04-11",
        external: "para",
        board: ("Gunilla Åberg", "Stefan Lind"),
        account: (AccountKind::Bankgiro, "999-1381"),
        approved: APPROVED,
        earlier: Some((3_250, 3_000)),
        members: 64,
        attendance: Attendance::Generated(Plan {
            seed: 12,
            activity: "Boccia",
            place: "Kvarnbyhallen",
            groups: &[Group { kind: Kind::Adapted, ..group("Boccia alla åldrar", Fri, (15, 0), 90, (1968, 2014), (7, 9, 3)) }],
        }),
    },
    Association {
        number: "802999-9128",
        name: "Pensionärsföreningen Höstsol",
        category: "pensionar",
        founded: "1979-11-27",
        external: "hostsol",
        board: ("Inga-Lill Fransson", "Sten Jansson"),
        account: (AccountKind::Bankgiro, "999-1399"),
        approved: APPROVED,
        earlier: Some((3_350, 3_200)),
        members: 173,
        attendance: Attendance::Generated(Plan {
            seed: 13,
            activity: "Sittgympa",
            place: "Föreningarnas hus",
            groups: &[group("Tisdagsgympan", Tue, (10, 0), 60, (1938, 1958), (12, 6, 1))],
        }),
    },
    Association {
        number: "802999-9136",
        name: "Schacksällskapet Springaren",
        category: "ungdom",
        founded: "1925-02-06",
        external: "springaren",
        board: ("Bertil Almqvist", "Sofia Nyman"),
        account: (AccountKind::Bankgiro, "999-1407"),
        // Runs out before it can be paid: a hold.
        approved: Some(("2025-01-01", "2026-08-15")),
        earlier: Some((1_800, 1_750)),
        members: 35,
        attendance: Attendance::Generated(Plan {
            seed: 14,
            activity: "Schack",
            place: "Föreningarnas hus",
            groups: &[group("Ungdomsgruppen", Wed, (18, 0), 120, (2008, 2017), (4, 8, 1))],
        }),
    },
    Association {
        number: "802999-9144",
        name: "Exempelstads Judoklubb",
        category: "ungdom",
        founded: "1968-01-19",
        external: "ejk",
        board: ("Kenneth Söder", "Amira Kaya"),
        account: (AccountKind::Bankgiro, "999-1415"),
        approved: APPROVED,
        earlier: Some((2_600, 2_500)),
        members: 88,
        attendance: Attendance::Generated(Plan {
            seed: 15,
            activity: "Judo",
            place: "Dojon, Exempelhallen",
            groups: &[Group { guests: &[(ANSWERED, 2), (MARKED, 2)], ..group("Ungdom", Tue, (17, 30), 75, (2010, 2015), (5, 9, 2)) }],
        }),
    },
    Association {
        number: "802999-9151",
        name: "Bokskogens OK",
        category: "ungdom",
        founded: "1949-03-25",
        external: "bok",
        board: ("Eva Strand", "Göran Falk"),
        account: (AccountKind::Bankgiro, "999-1423"),
        approved: APPROVED,
        // Small last autumn: more than half as much again now, which an officer looks at.
        earlier: Some((1_150, 980)),
        members: 120,
        attendance: Attendance::Generated(Plan {
            seed: 16,
            activity: "Orientering",
            place: "Bokskogens klubbstuga",
            groups: &[Group { camp: Some("2026-05-09"), ..group("Skogshjältarna", Sat, (10, 0), 120, (2012, 2018), (7, 7, 3)) }],
        }),
    },
    Association {
        number: "802999-9169",
        name: "Kulturföreningen Fontänen",
        category: "kultur",
        founded: "2011-05-05",
        external: "fontanen",
        board: ("Marie Hallberg", "Abdi Mohamud"),
        account: (AccountKind::Bank, "8327-9, 123 456 789"),
        approved: APPROVED,
        earlier: None,
        members: 44,
        attendance: Attendance::None,
    },
    Association {
        number: "802999-9177",
        name: "Spelföreningen Tärningen",
        category: "ungdom",
        founded: "2026-02-18",
        external: "tarningen",
        board: ("Linn Isaksson", "Elias Björk"),
        account: (AccountKind::Bankgiro, "999-1431"),
        approved: None,
        earlier: None,
        members: 31,
        attendance: Attendance::None,
    },
    Association {
        number: "802999-9185",
        name: "Dansföreningen Stegen",
        category: "ungdom",
        founded: "2007-08-08",
        external: "stegen",
        board: ("Jenny Hellström", "Robin Ahlgren"),
        account: (AccountKind::Bankgiro, "999-1449"),
        // Ran out in the winter and was not asked for again: no grant.
        approved: Some(("2024-07-01", "2025-12-31")),
        earlier: Some((2_300, 2_200)),
        members: 61,
        attendance: Attendance::Generated(Plan {
            seed: 19,
            activity: "Dans",
            place: "Danslokalen Trägårdsgatan",
            groups: &[group("Streetdance", Sun, (15, 0), 60, (2010, 2016), (12, 3, 1))],
        }),
    },
    Association {
        number: "802999-9193",
        name: "Nya Stigens Friluftsförening",
        category: "ungdom",
        founded: "1990-04-30",
        external: "nyastigen",
        board: ("Gudrun Månsson", "Anders Hellberg"),
        account: (AccountKind::Bankgiro, "999-1456"),
        approved: APPROVED,
        earlier: Some((2_350, 2_250)),
        members: 77,
        attendance: Attendance::Generated(Plan {
            seed: 20,
            activity: "Friluftsliv",
            place: "Vindskyddet vid Långtjärn",
            groups: &[group("Skogsmulle och strövare", Sat, (13, 0), 120, (2014, 2019), (7, 7, 2))],
        }),
    },
];
