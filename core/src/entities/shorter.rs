//! Longer and shorter forms of one name: `مجلس السيادة الانتقالي`, then `مجلس السيادة`.

use std::collections::HashMap;

use super::EntityType;

/// The names of the entities so far, by all that they begin with.
#[derive(Default)]
pub(super) struct Names {
    /// Of each beginning of a name the entity, and whether other entities' names begin with it too.
    beginnings: HashMap<(EntityType, String), (usize, bool)>,
    /// The longest name of each entity.
    longest: HashMap<usize, String>,
}

/// One word alone (`الوزارة`, `مجلس`) is no shorter form.
const FEWEST_WORDS: usize = 2;
/// Names have fewer words.
const MOST_WORDS: usize = 16;

impl Names {
    /// The entity of which `name`, folded and without its article, is a shorter or a longer form.
    pub(super) fn find(&self, kind: EntityType, name: &str) -> Option<usize> {
        if let Some(&(entity, several)) = self.beginnings.get(&(kind, name.to_owned())) {
            return (!several).then_some(entity);
        }
        // The longest beginning of it that is a whole name; a name that goes on otherwise is another one's.
        beginnings(name).rev().find_map(|beginning| {
            let &(entity, several) = self.beginnings.get(&(kind, beginning.to_owned()))?;
            (!several && self.longest.get(&entity).is_some_and(|longest| longest == beginning))
                .then_some(entity)
        })
    }

    /// Notes that the entity has this name.
    pub(super) fn add(&mut self, kind: EntityType, name: &str, entity: usize) {
        for beginning in beginnings(name) {
            let known = self.beginnings.entry((kind, beginning.to_owned())).or_insert((entity, false));
            known.1 |= known.0 != entity;
        }
        let longest = self.longest.entry(entity).or_default();
        if name.len() > longest.len() {
            name.clone_into(longest);
        }
    }
}

/// What `name` begins with, the shortest first, itself last.
fn beginnings(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    let ends: Vec<usize> = name
        .char_indices()
        .filter(|&(_, c)| c == ' ')
        .map(|(at, _)| at)
        .chain([name.len()])
        .take(MOST_WORDS)
        .skip(FEWEST_WORDS - 1)
        .collect();
    ends.into_iter().filter_map(|end| name.get(..end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use EntityType::Organization;

    #[test]
    fn shorter_and_longer_forms_are_one() {
        let mut names = Names::default();
        names.add(Organization, "مجلس الماء الاعلي", 3);
        assert_eq!(names.find(Organization, "مجلس الماء"), Some(3));
        assert_eq!(names.find(Organization, "مجلس الماء الاعلي المصري"), Some(3));
        assert_eq!(names.find(Organization, "مجلس"), None);
        assert_eq!(names.find(Organization, "مجلس الماء الوطني"), None);
        assert_eq!(names.find(EntityType::Event, "مجلس الماء"), None);
    }

    #[test]
    fn what_begins_two_names_is_neither() {
        let mut names = Names::default();
        names.add(Organization, "وزاره الماء المصريه", 1);
        names.add(Organization, "وزاره الماء السوريه", 2);
        assert_eq!(names.find(Organization, "وزاره الماء"), None);
        assert_eq!(names.find(Organization, "وزاره الماء السوريه"), Some(2));
    }
}
