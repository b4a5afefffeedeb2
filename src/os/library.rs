//! Libraries that are loaded: their functions, and the places in which they keep the addresses of functions of other
//! libraries (the relocations of the ELF format).

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result};
use nix::unistd::{SysconfVar, sysconf};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ops::Range;
use std::ptr::{NonNull, null, with_exposed_provenance, with_exposed_provenance_mut};
use std::sync::atomic::{AtomicUsize, Ordering};

/// An entry of the dynamic section.
#[repr(C)]
struct Dynamic {
    tag: usize,
    value: usize,
}

/// A place that the loader fills in.
#[repr(C)]
struct Relocation {
    offset: usize,
    info: u64,
    addend: isize,
}

/// An entry of the table of symbols.
#[repr(C)]
struct Symbol {
    name: u32,
    kind: [u8; 2],
    section: u16,
    value: u64,
    size: u64,
}

// Tags of the dynamic section.
const PLTRELSZ: usize = 2;
const STRTAB: usize = 5;
const SYMTAB: usize = 6;
const RELA: usize = 7;
const RELASZ: usize = 8;
const PLTREL: usize = 20;
const JMPREL: usize = 23;

/// A library, or the program itself. It is never unloaded.
#[derive(Debug)]
pub struct Library {
    handle: NonNull<c_void>,
    base: usize,
    /// Address and size of the tables of relocations.
    relocations: [(usize, usize); 2],
    symbols: usize,
    names: usize,
    /// What the loader has made read-only.
    sealed: Range<usize>,
}

/// What dl_iterate_phdr(3) looks for, and has found.
struct Search {
    address: usize,
    found: Option<Found>,
}

struct Found {
    name: CString,
    base: usize,
    dynamic: usize,
    sealed: Range<usize>,
}

unsafe extern "C" fn look(info: *mut libc::dl_phdr_info, _size: usize, search: *mut c_void) -> c_int {
    // SAFETY: the loader passes a valid description.
    let info = unsafe { &*info };
    // SAFETY: this is what `around` gave.
    let search = unsafe { &mut *search.cast::<Search>() };
    let base = number(info.dlpi_addr);
    // SAFETY: the loader describes its table.
    let headers = unsafe { std::slice::from_raw_parts(info.dlpi_phdr, usize::from(info.dlpi_phnum)) };
    let range = |kind: u32| {
        headers.iter().filter(move |header| header.p_type == kind).map(move |header| {
            let start = base.wrapping_add(number(header.p_vaddr));
            start..start.saturating_add(number(header.p_memsz))
        })
    };
    if !range(libc::PT_LOAD).any(|range| range.contains(&search.address)) {
        return 0;
    }
    let Some(dynamic) = range(libc::PT_DYNAMIC).next() else { return 1 };
    let name = if info.dlpi_name.is_null() {
        CString::default()
    } else {
        // SAFETY: a C string.
        unsafe { CStr::from_ptr(info.dlpi_name) }.to_owned()
    };
    let sealed = range(libc::PT_GNU_RELRO).next().unwrap_or_default();
    search.found = Some(Found { name, base, dynamic: dynamic.start, sealed });
    1
}

/// A number of the loader's.
fn number<N: TryInto<usize>>(number: N) -> usize {
    number.try_into().unwrap_or(0)
}

impl Library {
    /// dl_iterate_phdr(3), dlopen(3): the library that has this address. `None` where its tables have another form.
    pub fn around(address: usize) -> Option<Library> {
        if cfg!(not(target_pointer_width = "64")) {
            return None;
        }
        let mut search = Search { address, found: None };
        // SAFETY: the function gets the search that it expects.
        unsafe { libc::dl_iterate_phdr(Some(look), (&raw mut search).cast()) };
        let Found { name, base, dynamic, sealed } = search.found?;
        // The program has no name.
        let name = if name.is_empty() { null() } else { name.as_ptr() };
        let flags = libc::RTLD_LAZY | libc::RTLD_NOLOAD | libc::RTLD_NODELETE;
        // SAFETY: loads nothing.
        let handle = NonNull::new(unsafe { libc::dlopen(name, flags) })?;
        let mut tables = [0; JMPREL + 1];
        let mut entry = with_exposed_provenance::<Dynamic>(dynamic);
        loop {
            // SAFETY: the section ends with an entry of zeroes.
            let Dynamic { tag, value } = unsafe { entry.read() };
            if tag == 0 {
                break;
            }
            if let Some(table) = tables.get_mut(tag) {
                *table = value;
            }
            entry = entry.wrapping_add(1);
        }
        let size = |tag: usize| tables.get(tag).copied().unwrap_or(0);
        // Some loaders make addresses of these, others leave the distances from the base.
        let address = |tag: usize| match size(tag) {
            0 => 0,
            value if value < base => value.wrapping_add(base),
            value => value,
        };
        if size(PLTREL) != 0 && size(PLTREL) != RELA || address(SYMTAB) == 0 || address(STRTAB) == 0 {
            return None;
        }
        Some(Library {
            handle,
            base,
            relocations: [(address(RELA), size(RELASZ)), (address(JMPREL), size(PLTRELSZ))],
            symbols: address(SYMTAB),
            names: address(STRTAB),
            sealed,
        })
    }

    /// dlsym(3): the function of this name that the library would get: its own, or that of a library that it needs.
    pub fn function(&self, name: &CStr) -> Option<NonNull<c_void>> {
        // SAFETY: the library is loaded.
        NonNull::new(unsafe { libc::dlsym(self.handle.as_ptr(), name.as_ptr()) })
    }

    /// sysconf(3): the places in which it keeps the address of the function of this name.
    pub fn places(&self, name: &CStr) -> Result<Vec<Place>> {
        check(Call::Sysconf)?;
        let page = sysconf(SysconfVar::PAGE_SIZE)?.map_or(0, number).max(1);
        // The loader seals whole pages, and leaves a last one that has other data, too.
        let sealed = self.sealed.start / page * page..self.sealed.end / page * page;
        let mut places = Vec::new();
        for (table, size) in self.relocations {
            let table = with_exposed_provenance::<Relocation>(table);
            for index in 0..size / size_of::<Relocation>() {
                // SAFETY: the tables are as large as they say, and stay where they are.
                let Relocation { offset, info, .. } = unsafe { table.wrapping_add(index).read() };
                if self.is_of(info >> 32, name) {
                    let at = self.base.wrapping_add(offset);
                    let sealed = sealed.contains(&at).then_some(at / page * page..at / page * page + page);
                    places.push(Place { at, sealed });
                }
            }
        }
        Ok(places)
    }

    /// Whether the symbol at this index has this name.
    fn is_of(&self, index: u64, name: &CStr) -> bool {
        let table = with_exposed_provenance::<Symbol>(self.symbols);
        // SAFETY: relocations name symbols of the table; the first is of none.
        let symbol = unsafe { table.wrapping_add(number(index)).read() };
        let names = with_exposed_provenance::<c_char>(self.names);
        // SAFETY: symbols name C strings of the table.
        index != 0 && unsafe { CStr::from_ptr(names.wrapping_add(number(symbol.name))) } == name
    }
}

// SAFETY: what is loaded stays, and its tables are not written any more.
unsafe impl Send for Library {}
// SAFETY: as above.
unsafe impl Sync for Library {}

/// A place in which a library keeps the address of a function.
#[derive(Clone, Debug)]
pub struct Place {
    at: usize,
    /// The page, where it is read-only.
    sealed: Option<Range<usize>>,
}

impl Place {
    /// The address that is there.
    pub fn function(&self) -> usize {
        self.atomic().load(Ordering::SeqCst)
    }

    fn atomic(&self) -> &AtomicUsize {
        // SAFETY: the place is aligned, and stays. Other threads may read it.
        unsafe { AtomicUsize::from_ptr(with_exposed_provenance_mut(self.at)) }
    }

    /// mprotect(2): the library calls this function from now on.
    ///
    /// # Safety
    /// It has the type of the one that was there.
    pub unsafe fn set(&self, function: usize) -> Result<()> {
        if let Some(page) = &self.sealed {
            protect(page, libc::PROT_READ | libc::PROT_WRITE)?;
        }
        self.atomic().store(function, Ordering::SeqCst);
        if let Some(page) = &self.sealed {
            // Nothing but the protection is lost when this fails.
            let _ = protect(page, libc::PROT_READ);
        }
        Ok(())
    }
}

fn protect(page: &Range<usize>, rights: c_int) -> Result<()> {
    check(Call::Mprotect)?;
    let start = with_exposed_provenance_mut(page.start);
    // SAFETY: the page has addresses of functions, which only the loader and `set` write.
    Errno::result(unsafe { libc::mprotect(start, page.len(), rights) })?;
    Ok(())
}

#[cfg(target_pointer_width = "64")]
#[cfg(test)]
mod tests {
    use super::*;

    /// The library of C, by one of its functions.
    fn c() -> Library {
        Library::around(libc::malloc as *const () as usize).unwrap()
    }

    #[test]
    fn a_library_is_found_by_an_address_and_has_its_functions() {
        let found = c().function(c"getpid").unwrap();
        assert!(c().function(c"no_such_function_anywhere").is_none());
        // SAFETY: the type of getpid(2).
        let getpid = unsafe { std::mem::transmute::<*mut c_void, extern "C" fn() -> i32>(found.as_ptr()) };
        assert_eq!(getpid().cast_unsigned(), std::process::id());
        assert!(Library::around(0).is_none());
    }

    extern "C" fn other(_: c_int) -> c_int {
        4711
    }

    #[test]
    fn a_place_of_a_function_can_be_given_another_one_and_back() {
        // A function that nothing else in this process calls, and no sanitizer intercepts.
        // SAFETY: it takes a number.
        let ask = || unsafe { libc::toupper(std::hint::black_box(97)) };
        let own = Library::around(other as *const () as usize).unwrap();
        let places = own.places(c"toupper").unwrap();
        assert!(!places.is_empty());
        assert_eq!(ask(), 65);
        let originals: Vec<usize> = places.iter().map(Place::function).collect();
        for place in &places {
            // SAFETY: a function of the same type.
            unsafe { place.set(other as *const () as usize) }.unwrap();
        }
        assert_eq!(ask(), 4711);
        for (place, original) in places.iter().zip(originals) {
            // SAFETY: what was there before.
            unsafe { place.set(original) }.unwrap();
        }
        assert_eq!(ask(), 65);
        assert_eq!(own.places(c"no_such_function_anywhere").unwrap().len(), 0);
    }
}
