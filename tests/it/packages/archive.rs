use std::io::Write;

use bifall::packages::{Files, FilesError, MAX_BYTES, Surroundings, load};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::good;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, bytes) in files {
        zip.start_file(*path, SimpleFileOptions::default()).expect("a zip");
        zip.write_all(bytes).expect("a zip");
    }
    zip.finish().expect("a zip").into_inner()
}

fn entries(files: &Files, prefix: &str) -> Vec<u8> {
    let entries: Vec<(String, &[u8])> = files.0.iter().map(|(path, bytes)| (format!("{prefix}{path}"), bytes.as_slice())).collect();
    zipped(&entries.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect::<Vec<_>>())
}

#[test]
fn folder_zip_and_archive_give_the_same_version() {
    let files = good();
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in &files.0 {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    std::fs::write(dir.path().join("README.md"), "not part of it").unwrap();
    assert_eq!(Files::from_dir(dir.path()).unwrap(), files);
    assert_eq!(Files::from_zip(&entries(&files, "")).unwrap(), files);
    assert_eq!(Files::from_zip(&entries(&files, "prov-1.0/")).unwrap(), files);
    assert_eq!(Files::from_archive(&files.archive()).unwrap(), files);
    let hash = |files: &Files| load(files, &Surroundings::built_in()).0[0].hash;
    assert_eq!(hash(&files), hash(&Files::from_zip(&entries(&files, "")).unwrap()));
    let mut changed = files.clone();
    changed.0.insert("letters/prov/fraga.txt".to_owned(), b"Hej!".to_vec());
    assert_ne!(hash(&files), hash(&changed));
}

#[test]
fn a_package_stands_on_its_own() {
    let (packages, _) = load(&Files::built_in(), &Surroundings::default());
    assert_eq!(
        packages.iter().map(|package| package.id.as_str()).collect::<Vec<_>>(),
        [
            "aktivitetsstod",
            "arrangemangsbidrag",
            "arrangemangsbidrag-redovisning",
            "godkand-forening",
            "investeringsbidrag",
            "investeringsbidrag-redovisning",
            "investeringsbidrag-rekvisition",
            "lokalbidrag",
            "projektbidrag-kultur",
            "projektbidrag-kultur-redovisning",
            "startbidrag"
        ]
    );
    for package in packages {
        let stored = Files::from_archive(&package.files.archive()).unwrap();
        let around = Surroundings {
            approvals: ["godkand-forening".to_owned()].into(),
            grant_types: ["aktivitetsstod", "arrangemangsbidrag", "projektbidrag-kultur", "investeringsbidrag"].map(str::to_owned).into(),
            ..Surroundings::default()
        };
        let (again, problems) = load(&stored, &around);
        assert_eq!(problems, [], "{}", package.id);
        assert_eq!(again[0].hash, package.hash);
    }
}

#[test]
fn bombs_and_traps_are_refused() {
    let zeros = vec![0_u8; usize::try_from(MAX_BYTES).unwrap() + 1];
    assert!(matches!(Files::from_zip(&zipped(&[("forms/a.toml", &zeros)])), Err(FilesError::TooLarge)));
    let half = &zeros[..zeros.len() / 2 + 1];
    assert!(matches!(Files::from_zip(&zipped(&[("forms/a.toml", half), ("forms/b.toml", half)])), Err(FilesError::TooLarge)));
    let many: Vec<String> = (0..1_001).map(|at| format!("forms/{at}.toml")).collect();
    assert!(matches!(
        Files::from_zip(&zipped(&many.iter().map(|path| (path.as_str(), &b""[..])).collect::<Vec<_>>())),
        Err(FilesError::TooMany)
    ));
    for path in ["../forms/a.toml", "/forms/a.toml", "forms/../../a", "forms\\a.toml", "C:/forms/a.toml"] {
        assert!(matches!(Files::from_zip(&zipped(&[(path, b"x")])), Err(FilesError::Path(_))), "{path}");
    }
    assert!(matches!(Files::from_zip(b"inget zip"), Err(FilesError::Zip(_))));
}

#[test]
fn archives_have_one_form_only() {
    let bytes = good().archive();
    for cut in 0..bytes.len() {
        if let Ok(files) = Files::from_archive(&bytes[..cut]) {
            assert_eq!(files.archive(), bytes[..cut], "a cut archive is whole only between files");
        }
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(Files::from_archive(&longer).is_err());
    assert!(Files::from_archive(b"").is_err());
}

proptest! {
    #[test]
    fn any_files_survive_the_archive(files in prop::collection::btree_map("(forms|rules/[a-z]{1,4})/[a-z]{1,6}", prop::collection::vec(any::<u8>(), 0..50), 0..8)) {
        let files = Files(files);
        prop_assert_eq!(Files::from_archive(&files.archive()).unwrap(), files);
    }

    #[test]
    fn any_bytes_are_refused_or_canonical(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Files::from_zip(&bytes);
        let archive = [b"bifall-package host=1\n".as_slice(), &bytes].concat();
        if let Ok(files) = Files::from_archive(&archive) {
            prop_assert_eq!(files.archive(), archive);
        }
    }
}
