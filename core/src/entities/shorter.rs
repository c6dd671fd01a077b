//! Longer and shorter forms of one name: `مجلس السيادة الانتقالي`, then `مجلس السيادة`.

use super::EntityType;
use crate::maps::TextMap;

/// The names of the entities so far, by all that they begin with.
#[derive(Default)]
pub(super) struct Names {
    /// Of each beginning of a name who has it.
    beginnings: TextMap<String, Vec<Owner>>,
    /// The longest name of each entity.
    longest: TextMap<usize, String>,
}

/// Of the entities of one type the first whose name begins so.
struct Owner {
    kind: EntityType,
    entity: usize,
    /// Whether other entities' names of that type begin with it too.
    several: bool,
}

/// One word alone (`الوزارة`, `مجلس`) is no shorter form.
const FEWEST_WORDS: usize = 2;
/// Names have fewer words.
const MOST_WORDS: usize = 16;

impl Names {
    /// The entity of which `name`, folded and without its article, is a shorter or a longer form.
    pub(super) fn find(&self, kind: EntityType, name: &str) -> Option<usize> {
        if let Some(owner) = self.owner(kind, name) {
            return (!owner.several).then_some(owner.entity);
        }
        // The longest beginning of it that is a whole name; a name that goes on otherwise is another one's.
        beginnings(name).rev().find_map(|beginning| {
            let owner = self.owner(kind, beginning)?;
            let is_whole = self.longest.get(&owner.entity).is_some_and(|longest| longest == beginning);
            (!owner.several && is_whole).then_some(owner.entity)
        })
    }

    fn owner(&self, kind: EntityType, beginning: &str) -> Option<&Owner> {
        self.beginnings.get(beginning)?.iter().find(|owner| owner.kind == kind)
    }

    /// Notes that the entity has this name.
    pub(super) fn add(&mut self, kind: EntityType, name: &str, entity: usize) {
        for beginning in beginnings(name) {
            let owners = self.beginnings.entry(beginning.to_owned()).or_default();
            match owners.iter_mut().find(|owner| owner.kind == kind) {
                Some(owner) => owner.several |= owner.entity != entity,
                None => owners.push(Owner { kind, entity, several: false }),
            }
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
