//! CLDR's rules for numbers in words, as far as the Arabic ones go (UTS 35, part 3, rule-based number formatting).

use std::collections::HashMap;

struct Rule {
    base: u64,
    /// What the number is divided by: the quotient is printed by `←…←`, the rest by `→…→`.
    divisor: u64,
    body: String,
}

pub(super) struct Spellout(HashMap<String, Vec<Rule>>);

impl Spellout {
    pub(super) fn built_in() -> Self {
        let file: serde_json::Value =
            serde_json::from_str(include_str!("../../../../../data/values/cldr_spellout_ar.json"))
                .expect("JSON");
        let sets = file["rbnf"]["rbnf"]["SpelloutRules"].as_object().expect("sets of rules");
        let rules = |rows: &serde_json::Value| {
            let rows = rows.as_array()?;
            let rule = |row: &serde_json::Value| {
                let (base, radix) = row[0].as_str()?.split_once('/').unwrap_or((row[0].as_str()?, "10"));
                let (base, radix): (u64, u64) = (base.parse().ok()?, radix.parse().ok()?);
                let mut divisor = 1;
                while base / divisor >= radix {
                    divisor *= radix;
                }
                Some(Rule { base, divisor, body: row[1].as_str()?.strip_suffix(';')?.to_owned() })
            };
            Some(rows.iter().filter_map(rule).collect())
        };
        Self(sets.iter().filter_map(|(name, rows)| Some((name.clone(), rules(rows)?))).collect())
    }

    /// `number` by the set of rules of that name.
    pub(super) fn print(&self, set: &str, number: u64) -> String {
        let rules = &self.0[set];
        let rule =
            rules.iter().rev().find(|rule| rule.base <= number).expect("a rule from the least number on");
        let (quotient, rest) = (number / rule.divisor, number % rule.divisor);
        // What stands in brackets is only for what does not come out even.
        let body = match rule.body.split_once('[').zip(rule.body.split_once(']')) {
            Some(((before, _), (_, after))) if rest == 0 => format!("{before}{after}"),
            _ => rule.body.replace(['[', ']'], ""),
        };
        let mut printed = String::new();
        let mut parts = body.as_str();
        while let Some(at) = parts.find(['→', '←', '=']) {
            let sign = parts[at..].chars().next().expect("found");
            printed.push_str(&parts[..at]);
            let (name, behind) = parts[at + sign.len_utf8()..].split_once(sign).expect("two signs");
            let name = if name.is_empty() { set } else { name };
            let value = match sign {
                '→' => rest,
                '←' => quotient,
                _ => number,
            };
            printed.push_str(&self.print(name, value));
            parts = behind;
        }
        printed + parts
    }
}
