//! Users and groups, by their names or numbers.

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result};
use nix::unistd::{Gid, Group, Uid, User, getgrouplist};
use std::ffi::CString;

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The user's number.
    pub user: u32,
    /// The number of its own group.
    pub group: u32,
    name: CString,
}

/// getpwnam_r(3). `ENOENT` when there is no such user.
pub fn user_by_name(name: &str) -> Result<Account> {
    check(Call::Getpwnam)?;
    User::from_name(name)?.map_or(Err(Errno::ENOENT), account)
}

/// getpwuid_r(3). `ENOENT` when the number has no user.
pub fn user_by_number(number: u32) -> Result<Account> {
    check(Call::Getpwnam)?;
    User::from_uid(Uid::from_raw(number))?.map_or(Err(Errno::ENOENT), account)
}

fn account(user: User) -> Result<Account> {
    let name = CString::new(user.name).map_err(|_| Errno::EINVAL)?;
    Ok(Account { user: user.uid.as_raw(), group: user.gid.as_raw(), name })
}

/// getgrnam_r(3): the number of a group. `ENOENT` when there is no such group.
pub fn group_by_name(name: &str) -> Result<u32> {
    check(Call::Getgrnam)?;
    Group::from_name(name)?.map_or(Err(Errno::ENOENT), |group| Ok(group.gid.as_raw()))
}

/// getgrouplist(3): all groups of a user, with `group` as its own.
pub fn groups_of(account: &Account, group: u32) -> Result<Vec<u32>> {
    check(Call::Getgrnam)?;
    let groups = getgrouplist(&account.name, Gid::from_raw(group))?;
    Ok(groups.into_iter().map(Gid::as_raw).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_is_known_by_name_and_number_and_nobody_else_has_a_made_up_name() {
        let root = user_by_name("root").unwrap();
        assert_eq!((root.user, root.group), (0, 0));
        assert_eq!(user_by_number(0), Ok(root.clone()));
        assert!(groups_of(&root, 0).unwrap().contains(&0));
        assert_eq!(user_by_name("no such user"), Err(Errno::ENOENT));
        assert_eq!(group_by_name("no such group"), Err(Errno::ENOENT));
        assert_eq!(group_by_name("root"), Ok(0));
    }
}
