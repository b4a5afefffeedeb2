// libgcc of a system with glibc finds an object's unwind tables by this function of glibc. This is the same for musl
// (scripts/engine).
#define _GNU_SOURCE
#include <link.h>
#include <string.h>

struct found {
    unsigned long long flags;
    void *start, *end, *map, *table;
    unsigned long long reserved[7];
};
struct search {
    ElfW(Addr) address;
    struct found *found;
};

static int in_object(struct dl_phdr_info *object, size_t size, void *data) {
    struct search *search = data;
    void *table = 0;
    int here = 0;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        ElfW(Addr) start = object->dlpi_addr + part->p_vaddr;
        if (part->p_type == PT_GNU_EH_FRAME) table = (void *)start;
        if (part->p_type == PT_LOAD && search->address - start < part->p_memsz) {
            here = 1;
            search->found->start = (void *)start;
            search->found->end = (void *)(start + part->p_memsz);
        }
    }
    search->found->table = table;
    return here && table;
}

__attribute__((visibility("hidden"))) int _dl_find_object(void *address, struct found *found) {
    struct search search = { (ElfW(Addr))address, found };
    memset(found, 0, sizeof *found);
    return dl_iterate_phdr(in_object, &search) ? 0 : -1;
}
