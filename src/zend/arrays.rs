//! PHP arrays: borrowed from the engine, and new ones to return.

use crate::zend::bindings::*;
use crate::zend::values::{
    GC_IMMUTABLE, IS_TYPE_COLLECTABLE, IS_TYPE_REFCOUNTED, IntoValue, Owned, Text, Value, Z_TYPE_FLAGS_SHIFT,
    bytes_of,
};
use std::marker::PhantomData;
use std::ptr::NonNull;

/// The type information of a reference-counted array that may be part of a cycle.
const ARRAY: u32 = IS_ARRAY | ((IS_TYPE_REFCOUNTED | IS_TYPE_COLLECTABLE) << Z_TYPE_FLAGS_SHIFT);

/// An array that the engine owns.
#[derive(Clone, Copy)]
pub(crate) struct Array<'v> {
    table: Option<NonNull<HashTable>>,
    lifetime: PhantomData<&'v HashTable>,
}

impl<'v> Array<'v> {
    /// The array of an omitted argument.
    pub(crate) const EMPTY: Array<'static> = Array { table: None, lifetime: PhantomData };

    /// The array in `value`, which must be one.
    #[inline(always)]
    pub(crate) fn of(value: Value<'v>) -> Option<Array<'v>> {
        if value.kind() != IS_ARRAY {
            return None;
        }
        // SAFETY: an array has its pointer in `arr`.
        let table = unsafe { (*value.as_ptr()).value.arr };
        Some(Array { table: NonNull::new(table), lifetime: PhantomData })
    }

    /// A table of the engine.
    ///
    /// # Safety
    /// The table lives as long as `'v`, and is not written meanwhile.
    pub(super) unsafe fn of_table(table: *mut HashTable) -> Array<'v> {
        Array { table: NonNull::new(table), lifetime: PhantomData }
    }

    pub(super) fn as_ptr(self) -> Option<*mut HashTable> {
        self.table.map(NonNull::as_ptr)
    }

    /// The number of its elements.
    pub(crate) fn len(self) -> usize {
        // SAFETY: the table is valid.
        self.table.map_or(0, |table| unsafe { (*table.as_ptr()).nNumOfElements } as usize)
    }

    /// The element with this key.
    pub(crate) fn get(self, key: &str) -> Option<Value<'v>> {
        let table = self.table.filter(|_| self.len() > 0)?;
        // SAFETY: the table is valid; the pointer and the length describe `key`.
        let found = unsafe { zend_hash_str_find(table.as_ptr(), key.as_ptr().cast(), key.len()) };
        // SAFETY: elements stay where they are while the array is not written.
        unsafe { Value::borrow(found) }
    }

    /// An array with the same keys, and with the elements that `convert` returns, which may run PHP code; `None` when it
    /// refused or threw.
    ///
    /// Converted values are in the request's memory, so a fatal error in that code leaks nothing of ours.
    pub(crate) fn convert<T: IntoValue>(
        self,
        mut convert: impl FnMut(Value<'v>) -> Option<T>,
    ) -> Option<NewArray> {
        // A variable of the script may refer to the array. If that code writes to it, it writes to a copy.
        let _held = Owned::new(self);
        let result = NewArray::with_capacity(u32::try_from(self.len()).unwrap_or(0));
        let mut elements = self.iter();
        while let Some(key) = elements.next_key() {
            let (_, value) = elements.next()?;
            // SAFETY: the array is held, and keeps its keys.
            unsafe { result.set(key, convert(value)?) };
        }
        Some(result)
    }

    /// A copy in which each element of these names that is not null is replaced by the result of `convert`, as in
    /// [`Array::convert`].
    pub(crate) fn convert_named<T: IntoValue>(
        self,
        names: &[&str],
        mut convert: impl FnMut(Value<'v>) -> Option<T>,
    ) -> Option<NewArray> {
        let mut result = self.merged_with(Array::EMPTY);
        for name in names {
            if let Some(value) = self.get(name).filter(|value| !value.is_null()) {
                result = result.with(name, convert(value)?);
            }
        }
        Some(result)
    }

    /// A list of its elements without references: it stays as it is while variables of the script change.
    pub(crate) fn values(self) -> NewArray {
        let mut list = NewArray::with_capacity(u32::try_from(self.len()).unwrap_or(0));
        self.iter().for_each(|(_, value)| list.push(Owned::of(value)));
        list
    }

    /// A copy without references, if it has any: it stays as it is while variables of the script change.
    pub(crate) fn without_references(self) -> Option<NewArray> {
        let mut elements = self.iter();
        let has_references = std::iter::from_fn(|| {
            let is_reference = elements.is_at_reference();
            elements.next().map(|_| is_reference)
        });
        has_references.into_iter().any(|is| is).then(|| NewArray::chosen_of(self, |_| true))
    }

    /// Its keys (as text) and elements, in order.
    pub(crate) fn iter(self) -> Elements<'v> {
        let mut position = 0;
        if let Some(table) = self.table {
            // SAFETY: the table is valid.
            unsafe { zend_hash_internal_pointer_reset_ex(table.as_ptr(), &raw mut position) };
        }
        Elements { array: self, position }
    }
}

impl Array<'_> {
    /// A copy to which the elements of another array are added. As in array_merge(), an element with the same text as
    /// its key is replaced, and elements with a number are appended.
    pub(crate) fn merged_with(self, others: Array<'_>) -> NewArray {
        // SAFETY: copies a valid table; the engine ends the request when there is no memory, it never returns null.
        let all = NewArray(unsafe { NonNull::new_unchecked(zend_array_dup(self.table_or_empty())) });
        // SAFETY: the copy is ours, and the other table is valid.
        unsafe { php_array_merge(all.0.as_ptr(), others.table_or_empty()) };
        all
    }

    /// The table, also of an omitted argument.
    fn table_or_empty(self) -> *mut HashTable {
        self.table.map_or((&raw const zend_empty_array).cast_mut(), NonNull::as_ptr)
    }
}

/// A key that is used repeatedly. A key that is a decimal integer stands for that number, as everywhere in PHP.
pub(crate) struct Name {
    text: Text,
    number: Option<u64>,
}

impl Name {
    /// A key as a script writes it.
    pub(crate) fn new(bytes: &[u8]) -> Name {
        let number = std::str::from_utf8(bytes).ok().and_then(|text| text.parse::<i64>().ok());
        let number = number.filter(|number| number.to_string().as_bytes() == bytes);
        Name { text: Text::interned(bytes), number: number.map(i64::cast_unsigned) }
    }
}

impl Name {
    /// A number.
    pub(crate) fn of_number(number: i64) -> Name {
        Name { text: Text::interned(b""), number: Some(number.cast_unsigned()) }
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.text.bytes()
    }
}

impl<'v> Array<'v> {
    /// The element with this key.
    #[inline]
    pub(crate) fn named(self, name: &Name) -> Option<Value<'v>> {
        let table = self.table?.as_ptr();
        let found = match name.number {
            // SAFETY: the table is valid.
            Some(number) => unsafe { zend_hash_index_find(table, number) },
            // SAFETY: the table and the string are valid.
            None => unsafe { zend_hash_find(table, name.text.as_ptr()) },
        };
        // SAFETY: elements stay where they are while the array is not written.
        unsafe { Value::borrow(found) }
    }
}

/// An iteration over an array.
#[derive(Clone, Copy)]
pub(crate) struct Elements<'v> {
    array: Array<'v>,
    position: HashPosition,
}

#[derive(Clone, Copy)]
enum Key {
    Text(*mut zend_string),
    Number(u64),
}

impl Elements<'_> {
    /// The key of the next element, as a PHP value.
    pub(crate) fn key(&self) -> Option<Owned> {
        Some(match self.next_key()? {
            // SAFETY: the array keeps its keys while they are copied.
            Key::Text(text) => Owned::new(Text::new(unsafe { bytes_of(NonNull::new(text)?) })),
            Key::Number(number) => Owned::new(number.cast_signed()),
        })
    }

    /// Whether the next element is a reference of the script.
    fn is_at_reference(&self) -> bool {
        let (table, mut position) = (self.array.table_or_empty(), self.position);
        // SAFETY: the table and the position are valid; a position past the end gives null.
        let element = unsafe { zend_hash_get_current_data_ex(table, &raw mut position).as_ref() };
        // SAFETY: every value has a type.
        element.is_some_and(|element| u32::from(unsafe { element.u1.v.type_ }) == IS_REFERENCE)
    }

    fn next_key(&self) -> Option<Key> {
        let table = self.array.table?.as_ptr();
        let (mut text, mut number, mut position) = (std::ptr::null_mut(), 0, self.position);
        // SAFETY: the table and the position are valid; a position past the end gives null.
        if unsafe { zend_hash_get_current_data_ex(table, &raw mut position) }.is_null() {
            return None;
        }
        // SAFETY: as above; the key is written to one of the two.
        unsafe { zend_hash_get_current_key_ex(table, &raw mut text, &raw mut number, &raw const position) };
        Some(if text.is_null() { Key::Number(number) } else { Key::Text(text) })
    }
}

impl<'v> Iterator for Elements<'v> {
    type Item = (Option<&'v [u8]>, Value<'v>);

    fn next(&mut self) -> Option<Self::Item> {
        let table = self.array.table?.as_ptr();
        // SAFETY: the table and the position are valid; a position past the end gives null.
        let element = unsafe { zend_hash_get_current_data_ex(table, &raw mut self.position) };
        // SAFETY: elements stay where they are while the array is not written.
        let value = unsafe { Value::borrow(element) }?;
        let (mut text, mut number) = (std::ptr::null_mut(), 0);
        // SAFETY: as above; the key is written to one of the two.
        unsafe {
            zend_hash_get_current_key_ex(table, &raw mut text, &raw mut number, &raw const self.position)
        };
        // SAFETY: as above.
        unsafe { zend_hash_move_forward_ex(table, &raw mut self.position) };
        // SAFETY: the array keeps its keys, and is there for as long as its elements.
        Some((NonNull::new(text).map(|text| unsafe { bytes_of(text) }), value))
    }
}

/// A new array to return.
pub(crate) struct NewArray(NonNull<HashTable>);

impl NewArray {
    /// An empty array with room for `len` elements.
    pub(crate) fn with_capacity(len: u32) -> NewArray {
        // SAFETY: allocates; the engine ends the request when there is no memory, it never returns null.
        NewArray(unsafe { NonNull::new_unchecked(_zend_new_array(len)) })
    }

    /// Adds `value` under `key`.
    pub(crate) fn with(self, key: &str, value: impl IntoValue) -> NewArray {
        let mut slot = undef();
        value.store(&mut slot);
        // SAFETY: the table is ours; the pointer and the length describe `key`; the table takes the value over.
        unsafe { zend_hash_str_update(self.0.as_ptr(), key.as_ptr().cast(), key.len(), &raw mut slot) };
        self
    }

    /// Adds `value` under `name`, which must not be there yet.
    #[inline]
    pub(crate) fn put(&mut self, name: &Name, value: impl IntoValue) {
        let mut slot = undef();
        value.store(&mut slot);
        let (table, slot) = (self.0.as_ptr(), &raw mut slot);
        match name.number {
            // SAFETY: the table is ours and takes the value over.
            Some(number) => unsafe { zend_hash_index_add_new(table, number, slot) },
            // SAFETY: as above; the table takes a reference of its own to the name.
            None => unsafe { zend_hash_add_new(table, name.text.as_ptr(), slot) },
        };
    }

    /// Adds a value for each key of `keys`, in their order.
    pub(crate) fn with_keys_of<T: IntoValue>(keys: Array<'_>, values: impl Iterator<Item = T>) -> NewArray {
        let result = NewArray::with_capacity(u32::try_from(keys.len()).unwrap_or(0));
        let (mut elements, mut values) = (keys.iter(), values);
        while let (Some(key), Some(value)) = (elements.next_key(), values.next()) {
            // SAFETY: the key is the other array's, which lives.
            unsafe { result.set(key, value) };
            elements.next();
        }
        result
    }

    /// The elements of another array that are chosen, with their keys.
    pub(crate) fn chosen_of(source: Array<'_>, mut choose: impl FnMut(Value<'_>) -> bool) -> NewArray {
        let result = NewArray::with_capacity(0);
        let mut elements = source.iter();
        while let Some(key) = elements.next_key() {
            let Some((_, value)) = elements.next() else { break };
            if choose(value) {
                // SAFETY: as above.
                unsafe { result.set(key, Owned::of(value)) };
            }
        }
        result
    }

    /// Sets the element with a key of another array.
    ///
    /// # Safety
    /// The key is alive.
    unsafe fn set(&self, key: Key, value: impl IntoValue) {
        let mut slot = undef();
        value.store(&mut slot);
        // SAFETY: the table is ours and takes the value over; the key is alive, as the caller promises.
        unsafe {
            match key {
                Key::Text(text) => zend_hash_update(self.0.as_ptr(), text, &raw mut slot),
                Key::Number(number) => zend_hash_index_update(self.0.as_ptr(), number, &raw mut slot),
            };
        }
    }

    /// Its current elements.
    pub(crate) fn as_array(&self) -> Array<'_> {
        Array { table: Some(self.0), lifetime: PhantomData }
    }

    /// Adds `value` under the next number.
    pub(crate) fn push(&mut self, value: impl IntoValue) {
        let mut slot = undef();
        value.store(&mut slot);
        // SAFETY: the table is ours and takes the value over.
        unsafe { zend_hash_next_index_insert(self.0.as_ptr(), &raw mut slot) };
    }
}

impl Drop for NewArray {
    fn drop(&mut self) {
        // SAFETY: there is no other reference.
        unsafe { zend_array_destroy(self.0.as_ptr()) };
    }
}

/// Another reference to the same array.
impl IntoValue for Array<'_> {
    fn store(self, value: &mut zval) {
        let table = self.table_or_empty();
        value.value.arr = table;
        // SAFETY: the array is alive, as `self` is.
        if unsafe { (*table).gc.u.type_info } & GC_IMMUTABLE != 0 {
            value.u1.type_info = IS_ARRAY;
        } else {
            // SAFETY: as above; the copy counts itself.
            unsafe { (*table).gc.refcount += 1 };
            value.u1.type_info = ARRAY;
        }
    }
}

impl IntoValue for NewArray {
    fn store(self, value: &mut zval) {
        value.value.arr = self.0.as_ptr();
        value.u1.type_info = ARRAY;
        std::mem::forget(self);
    }
}
