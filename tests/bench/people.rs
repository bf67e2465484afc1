//! Made-up customers with the name frequencies of the US census, and what is typed for them.
//!
//! The 24,000 most frequent surnames cover about four fifths of the people; the rest gets rare
//! surnames spliced from two frequent ones, so that a million customers have some 150,000 distinct
//! surnames, and rare names lie close to frequent ones, as in life.

/// A seeded generator (SplitMix64); the same seed gives the same customers.
#[derive(Clone)]
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Texts with weights.
struct Table {
    texts: Vec<String>,
    sums: Vec<u64>,
}

impl Table {
    fn new(all: impl Iterator<Item = (String, u64)>) -> Self {
        let (mut texts, mut sums, mut sum) = (Vec::new(), Vec::new(), 0);
        for (text, weight) in all {
            sum += weight;
            texts.push(text);
            sums.push(sum);
        }
        Self { texts, sums }
    }

    fn read(text: &str) -> Self {
        Self::new(text.lines().filter(|line| !line.starts_with('#')).map(|line| {
            let (name, weight) = line.split_once(' ').unwrap();
            (name.to_owned(), weight.parse().unwrap())
        }))
    }

    fn pick(&self, dice: &mut Dice) -> usize {
        let at = dice.roll() % self.sums.last().unwrap();
        self.sums.partition_point(|sum| *sum <= at)
    }
}

/// A made-up customer.
#[derive(Clone)]
pub struct Customer {
    pub given: String,
    pub surname: String,
    pub town: String,
    pub postcode: String,
    pub phone: String,
    pub email: String,
    pub code: String,
    pub receipt: String,
}

/// `n` customers.
pub fn customers(n: usize, seed: u64) -> Vec<Customer> {
    let surnames = Table::read(include_str!("data/surnames.txt"));
    let givens = Table::read(include_str!("data/given_names.txt"));
    let mut dice = Dice(seed);
    let suffixes = ["ville", "ton", "burg", "field", "wood", " Falls", " City", " Springs", "dale"];
    let towns = Table::new((0..12_000_u64).map(|rank| {
        let stem = title(&surnames.texts[dice.below(6_000)]);
        let name = match rank % 9 {
            0 => format!("{} {stem}", dice.pick(&["Fort", "New", "West", "Mount", "Saint"])),
            1 => stem,
            _ => format!("{stem}{}", dice.pick(&suffixes)),
        };
        (name, 1_000_000 / (rank + 20))
    }));
    (0..n).map(|_| customer(&mut dice, &surnames, &givens, &towns)).collect()
}

fn customer(dice: &mut Dice, surnames: &Table, givens: &Table, towns: &Table) -> Customer {
    let mut surname = if dice.below(100) < 82 {
        surnames.texts[surnames.pick(dice)].clone()
    } else {
        splice(&surnames.texts[dice.below(700)], &surnames.texts[dice.below(700)])
    };
    let mut given = givens.texts[givens.pick(dice)].clone();
    match dice.below(200) {
        0..=1 => surname = format!("{surname}-{}", surnames.texts[surnames.pick(dice)]),
        2 => surname = format!("{} {surname}", dice.pick(&["van", "de la", "von", "di"])),
        3..=4 => given = format!("{given} {}", givens.texts[givens.pick(dice)]),
        5..=8 => given = format!("{given} {}", char::from(b'A' + dice.below(26) as u8)),
        _ => (),
    }
    let town_at = towns.pick(dice);
    let town = towns.texts[town_at].clone();
    let n_codes = 1 + 300 / (town_at + 10);
    let postcode = format!("{:05}", (town_at * 7_919 + dice.below(n_codes) * 13) % 100_000);
    let area = 201 + (town_at * 31) % 780;
    let phone = format!("({area}) {}-{:04}", 200 + dice.below(800), dice.below(10_000));
    let domain = dice.pick(&["gmail.com", "yahoo.com", "hotmail.com", "comcast.net", "aol.com"]);
    let (first, last) = (given.replace(' ', ""), surname.replace([' ', '-'], ""));
    let email = match dice.below(4) {
        0 => format!("{first}.{last}{}@{domain}", dice.below(100)),
        1 => format!("{}{last}{}@{domain}", &first[..1], dice.below(1000)),
        2 => format!("{first}_{last}@{domain}"),
        _ => format!(
            "{}{}{}@{domain}",
            dice.pick(&surnames.texts),
            dice.pick(&givens.texts),
            dice.below(99)
        ),
    };
    let letters = b"ABCDEFGHJKLMNPQRSTUVWXYZ123456789";
    let mut code = String::new();
    for place in 0..20 {
        if place > 0 && place % 5 == 0 {
            code.push('-');
        }
        code.push(char::from(letters[dice.below(letters.len())]));
    }
    let receipt = format!(
        "{:04}-{:03}-{:04}-{:02}{:02}{:02}",
        dice.below(1500),
        dice.below(60),
        dice.below(10_000),
        1 + dice.below(12),
        1 + dice.below(28),
        11 + dice.below(7)
    );
    let (given, surname) = (title(&given), title(&surname));
    Customer { given, surname, town, postcode, phone, email, code, receipt }
}

fn title(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The start of one name and the end of another.
fn splice(one: &str, other: &str) -> String {
    let (start, end) = (one.len().min(4), other.len().saturating_sub(4));
    format!("{}{}", &one[..start], &other[end..])
}

const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// A slip of the hand somewhere in `text`, in a letter or digit.
pub fn slip(dice: &mut Dice, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let places: Vec<usize> =
        (0..letters.len()).filter(|at| letters[*at].is_alphanumeric()).collect();
    if places.len() < 3 {
        return text.to_owned();
    }
    loop {
        let at = *dice.pick(&places);
        let is_start = at == 0 || !letters[at - 1].is_alphanumeric();
        if is_start && !dice.one_in(4) {
            continue;
        }
        match dice.below(4) {
            0 => letters[at] = other(dice, letters[at]),
            1 => drop(letters.remove(at)),
            2 => {
                let extra = if dice.one_in(2) { letters[at] } else { other(dice, letters[at]) };
                letters.insert(at, extra);
            }
            _ if at + 1 < letters.len() && letters[at + 1].is_alphanumeric() => {
                letters.swap(at, at + 1);
            }
            _ => continue,
        }
        let slipped: String = letters.iter().collect();
        if slipped != text {
            return slipped;
        }
    }
}

/// A neighbor on the keyboard, or sometimes any letter.
fn other(dice: &mut Dice, letter: char) -> char {
    if letter.is_ascii_digit() {
        return char::from(b'0' + dice.below(10) as u8);
    }
    let lower = letter.to_ascii_lowercase();
    let row = ROWS.iter().find(|row| row.contains(lower));
    match row.filter(|_| !dice.one_in(3)) {
        Some(row) => {
            let at = row.find(lower).unwrap();
            let near = if dice.one_in(2) { at + 1 } else { at.wrapping_sub(1) };
            row.chars().nth(near).unwrap_or(lower)
        }
        None => char::from(b'a' + dice.below(26) as u8),
    }
}

/// What one ear takes for another sound; tried in a random order.
const SOUNDS: [(&str, &str); 40] = [
    ("ph", "f"),
    ("f", "ph"),
    ("ck", "k"),
    ("c", "k"),
    ("k", "c"),
    ("ee", "ea"),
    ("ea", "ee"),
    ("ie", "ei"),
    ("ei", "ie"),
    ("y", "ie"),
    ("ie", "y"),
    ("i", "y"),
    ("y", "i"),
    ("sch", "sh"),
    ("sh", "sch"),
    ("tz", "ts"),
    ("z", "s"),
    ("s", "z"),
    ("x", "ks"),
    ("ll", "l"),
    ("nn", "n"),
    ("tt", "t"),
    ("ss", "s"),
    ("l", "ll"),
    ("n", "nn"),
    ("gh", ""),
    ("dt", "t"),
    ("ou", "ow"),
    ("ow", "ou"),
    ("ai", "ay"),
    ("er", "or"),
    ("or", "er"),
    ("e", "a"),
    ("o", "u"),
    ("m", "n"),
    ("n", "m"),
    ("b", "p"),
    ("d", "t"),
    ("v", "f"),
    ("th", "t"),
];

/// `name` as spelled by somebody who only heard it.
pub fn misheard(dice: &mut Dice, name: &str) -> String {
    let name = name.to_lowercase();
    for _ in 0..60 {
        let (sound, taken_for) = *dice.pick(&SOUNDS);
        if let Some(at) = name.get(1..).and_then(|rest| rest.find(sound)) {
            let (start, end) = name.split_at(at + 1);
            return format!("{start}{}", end.replacen(sound, taken_for, 1));
        }
    }
    name
}
