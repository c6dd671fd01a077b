//! Longer and shorter forms of one name: `مجلس السيادة الانتقالي`, then `مجلس السيادة`.

use memchr::memchr_iter;

use super::EntityType;
use crate::maps::TextMap;

/// The names of the entities so far, by all that they begin with.
#[derive(Default)]
pub(super) struct Names<'n> {
    /// Of each beginning of a name who has it.
    beginnings: TextMap<(EntityType, &'n str), Owner>,
    /// The longest name of each entity that has one.
    longest: Vec<&'n str>,
}

/// Of the entities of one type the first whose name begins so.
struct Owner {
    entity: usize,
    /// Whether other entities' names of that type begin with it too.
    several: bool,
}

/// One word alone (`الوزارة`, `مجلس`) is no shorter form.
const FEWEST_WORDS: usize = 2;
/// Names have fewer words.
const MOST_WORDS: usize = 16;

impl<'n> Names<'n> {
    /// The entity of which `name`, folded and without its article, is a shorter or a longer form.
    pub(super) fn find(&self, kind: EntityType, name: &'n str) -> Option<usize> {
        if let Some(owner) = self.owner(kind, name) {
            return (!owner.several).then_some(owner.entity);
        }
        // The longest beginning of it that is a whole name; a name that goes on otherwise is another one's.
        beginnings(name).rev().find_map(|beginning| {
            let owner = self.owner(kind, beginning)?;
            let is_whole = self.longest.get(owner.entity).is_some_and(|&longest| longest == beginning);
            (!owner.several && is_whole).then_some(owner.entity)
        })
    }

    fn owner(&self, kind: EntityType, beginning: &'n str) -> Option<&Owner> {
        self.beginnings.get(&(kind, beginning))
    }

    /// Notes that the entity has this name.
    pub(super) fn add(&mut self, kind: EntityType, name: &'n str, entity: usize) {
        if self.longest.len() <= entity {
            self.longest.resize(entity + 1, "");
        }
        let Some(longest) = self.longest.get_mut(entity) else { return };
        // Most mentions have the name that is known.
        if *longest == name {
            return;
        }
        if name.len() > longest.len() {
            *longest = name;
        }
        for beginning in beginnings(name) {
            let new = Owner { entity, several: false };
            let owner = self.beginnings.entry((kind, beginning)).or_insert(new);
            owner.several |= owner.entity != entity;
        }
    }
}

/// What `name` begins with, the shortest first, itself last.
fn beginnings(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    let ends = memchr_iter(b' ', name.as_bytes()).chain([name.len()]).skip(FEWEST_WORDS - 1);
    let mut beginnings = [None; MOST_WORDS - FEWEST_WORDS + 1];
    for (beginning, end) in beginnings.iter_mut().zip(ends) {
        *beginning = name.get(..end);
    }
    beginnings.into_iter().flatten()
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
