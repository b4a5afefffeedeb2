/*
 * bench_shared: the floor of Atomic, Lock and Table: the same method calls in a C extension, with nothing but what cannot be
 * left out. A number is an atomic instruction; a lock is a process-shared mutex or read-write lock of pthread. A row is found
 * by the hash that PHP has for its key already, its key is compared, and its data are copied; one that writes has a lock of one
 * bit meanwhile, and one that reads looks at a version before and after. Two keys never meet, nothing waits, and whoever is
 * killed leaves a mess.
 *
 * The class Rows beside it does for a table what ours promises, and nothing else: columns that a script declares, a hash that
 * cannot be foreseen, keys that share a bucket, a lock that names its holder and wakes those who wait, and a journal of
 * what a change writes over. It has no code for the rare cases: waiting, recovery, a table that is full.
 */
#include "php.h"
#include <pthread.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#define ROWS (1 << 21)
#define TEXT 32

struct row {
	uint64_t lock;
	uint64_t version;
	char key[64];
	int64_t number;
	double real;
	uint64_t length;
	char text[TEXT];
};

static struct shared {
	uint64_t number;
	pthread_mutex_t mutex __attribute__((aligned(64)));
	pthread_rwlock_t lock __attribute__((aligned(64)));
	struct row rows[ROWS] __attribute__((aligned(64)));
} *shared;

static zend_string *number, *real, *text;


ZEND_BEGIN_ARG_INFO_EX(arginfo_number, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, number, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_key, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_key_and_row, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, row, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_key_and_column, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, column, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_column, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, kind, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, size, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_none, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_METHOD(Shared, add)
{
	zend_long by;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(by)
	ZEND_PARSE_PARAMETERS_END();
	RETURN_LONG((zend_long)__atomic_add_fetch(&shared->number, (uint64_t)by, __ATOMIC_SEQ_CST));
}

/* lock(int $kind): 0 a mutex, 1 for reading, 2 for writing. */
ZEND_METHOD(Shared, lock)
{
	zend_long kind;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(kind)
	ZEND_PARSE_PARAMETERS_END();
	int error = kind == 0 ? pthread_mutex_lock(&shared->mutex)
		: kind == 1 ? pthread_rwlock_rdlock(&shared->lock)
		: pthread_rwlock_wrlock(&shared->lock);
	RETURN_BOOL(error == 0);
}

ZEND_METHOD(Shared, unlock)
{
	zend_long kind;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(kind)
	ZEND_PARSE_PARAMETERS_END();
	RETURN_BOOL((kind == 0 ? pthread_mutex_unlock(&shared->mutex) : pthread_rwlock_unlock(&shared->lock)) == 0);
}

static struct row *find(zend_string *key)
{
	return &shared->rows[zend_string_hash_val(key) & (ROWS - 1)];
}

static void begin(struct row *row)
{
	uint64_t unlocked = 0;
	while (!__atomic_compare_exchange_n(&row->lock, &unlocked, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) unlocked = 0;
}

static void end(struct row *row)
{
	__atomic_store_n(&row->lock, 0, __ATOMIC_RELEASE);
}

static int is_there(const struct row *row, const zend_string *key)
{
	return memcmp(row->key, ZSTR_VAL(key), ZSTR_LEN(key) + 1) == 0;
}

ZEND_METHOD(Shared, set)
{
	zend_string *key;
	HashTable *values;
	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(key)
		Z_PARAM_ARRAY_HT(values)
	ZEND_PARSE_PARAMETERS_END();
	struct row row = {0}, *place = find(key);
	zval *value = zend_hash_find(values, number);
	row.number = zval_get_long(value);
	value = zend_hash_find(values, real);
	row.real = zval_get_double(value);
	value = zend_hash_find(values, text);
	row.length = Z_STRLEN_P(value) > TEXT ? TEXT : Z_STRLEN_P(value);
	memcpy(row.text, Z_STRVAL_P(value), row.length);
	begin(place);
	__atomic_store_n(&place->version, place->version + 1, __ATOMIC_RELEASE);
	if (!is_there(place, key)) memcpy(place->key, ZSTR_VAL(key), ZSTR_LEN(key) + 1);
	memcpy(&place->number, &row.number, sizeof row - offsetof(struct row, number));
	__atomic_store_n(&place->version, place->version + 1, __ATOMIC_RELEASE);
	end(place);
	RETURN_TRUE;
}

ZEND_METHOD(Shared, get)
{
	zend_string *key;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(key)
	ZEND_PARSE_PARAMETERS_END();
	struct row row, *place = find(key);
	uint64_t version;
	int found;
	do {
		version = __atomic_load_n(&place->version, __ATOMIC_ACQUIRE);
		/* Another key may have taken its place; then this gives the other row. */
		found = is_there(place, key);
		memcpy(&row.number, &place->number, sizeof row - offsetof(struct row, number));
		__atomic_thread_fence(__ATOMIC_ACQUIRE);
	} while ((version & 1) || version != __atomic_load_n(&place->version, __ATOMIC_RELAXED));
	if (!found && row.length == 0) {
		RETURN_FALSE;
	}
	zval value;
	array_init_size(return_value, 3);
	ZVAL_LONG(&value, row.number);
	zend_hash_update(Z_ARRVAL_P(return_value), number, &value);
	ZVAL_DOUBLE(&value, row.real);
	zend_hash_update(Z_ARRVAL_P(return_value), real, &value);
	ZVAL_STRINGL(&value, row.text, row.length);
	zend_hash_update(Z_ARRVAL_P(return_value), text, &value);
}

ZEND_METHOD(Shared, incr)
{
	zend_string *key, *column;
	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(key)
		Z_PARAM_STR(column)
	ZEND_PARSE_PARAMETERS_END();
	struct row *place = find(key);
	begin(place);
	int64_t value = place->number;
	if ((is_there(place, key) || place->length > 0) && zend_string_equals(column, number)) {
		value++;
		__atomic_store_n(&place->number, value, __ATOMIC_RELEASE);
	}
	end(place);
	RETURN_LONG(value);
}

#define JOURNAL 64
#define COLUMNS 8
#define WAITERS (1u << 31)

enum { INT = 1, REAL = 2, TEXT_OF = 3 };

struct column {
	zend_string *name;
	int kind;
	uint32_t first, words;
};

static struct {
	struct column columns[COLUMNS];
	uint32_t count, data, row;
	uint64_t buckets, seed[2], me;
	uint64_t *all;
	struct journal {
		uint64_t owner, step, bucket, row, length, updated, kept[JOURNAL];
	} *journal;
} table;

/* Of a row: who writes to the bucket that lies here, its version, its first row; then hash, length and next row, key, data. */
enum { OWNER, VERSION, HEAD, STATE, HASH, LINK, KEY, DATA = KEY + 2 };

static uint64_t load(const uint64_t *word)
{
	return __atomic_load_n(word, __ATOMIC_RELAXED);
}

static void store(uint64_t *word, uint64_t value)
{
	__atomic_store_n(word, value, __ATOMIC_RELAXED);
}

static uint64_t *row_at(uint64_t index)
{
	return table.all + index * table.row;
}

struct key {
	uint64_t hash, words[2], length;
};

static uint64_t four(const char *bytes)
{
	uint32_t word;
	memcpy(&word, bytes, sizeof word);
	return word;
}

/* Up to eight bytes. A string has at least eight, with the zero behind it and what fills up its last word. */
static uint64_t word_of(const char *bytes, size_t length)
{
	uint64_t word = 0;
	if (length >= 8) {
		memcpy(&word, bytes, sizeof word);
	} else if (length >= 4) {
		word = four(bytes) | four(bytes + length - 4) << 8 * (length - 4);
	} else if (length > 0) {
		word = four(bytes) & ~(~UINT64_C(0) << 8 * length);
	}
	return word;
}

/* Keys have up to 16 bytes here. */
static struct key key_of(const zend_string *text)
{
	size_t length = ZSTR_LEN(text);
	const char *bytes = ZSTR_VAL(text);
	struct key key = {.length = length, .words = {word_of(bytes, length), length > 8 ? word_of(bytes + 8, length - 8) : 0}};
	__uint128_t product = (__uint128_t)(key.words[0] ^ table.seed[0]) * (key.words[1] ^ table.seed[1] ^ key.length);
	key.hash = (uint64_t)product ^ (uint64_t)(product >> 64);
	return key;
}

static uint64_t *find_in(uint64_t *bucket, const struct key *key)
{
	for (uint64_t next = load(bucket + HEAD); next; ) {
		uint64_t *row = row_at(next - 1), link = load(row + LINK);
		if (load(row + HASH) == key->hash && link >> 32 == key->length && load(row + KEY) == key->words[0]
			&& load(row + KEY + 1) == key->words[1]) return row;
		next = link & UINT32_MAX;
	}
	return NULL;
}

static uint64_t *hold(const struct key *key)
{
	uint64_t *bucket = row_at(key->hash & (table.buckets - 1)), none = 0;
	while (!__atomic_compare_exchange_n(bucket + OWNER, &none, table.me, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) none = 0;
	return bucket;
}

static void give_back(uint64_t *bucket)
{
	if (__atomic_exchange_n(bucket + OWNER, 0, __ATOMIC_SEQ_CST) & WAITERS) abort();
}

static const struct column *column_of(const zend_string *name)
{
	for (uint32_t i = 0; i < table.count; i++) {
		if (table.columns[i].name == name || zend_string_equals(table.columns[i].name, name)) return table.columns + i;
	}
	return NULL;
}

static void count_update(void)
{
	store(&table.journal->updated, load(&table.journal->updated) + 1);
}

ZEND_METHOD(Rows, __construct)
{
	zend_long rows;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(rows)
	ZEND_PARSE_PARAMETERS_END();
	for (table.buckets = 64; table.buckets < (uint64_t)rows; table.buckets *= 2);
	getrandom(table.seed, sizeof table.seed, 0);
	table.me = (uint64_t)getpid();
}

ZEND_METHOD(Rows, column)
{
	zend_string *name;
	zend_long kind, size = 0;
	ZEND_PARSE_PARAMETERS_START(2, 3)
		Z_PARAM_STR(name)
		Z_PARAM_LONG(kind)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG(size)
	ZEND_PARSE_PARAMETERS_END();
	uint32_t words = kind == TEXT_OF ? 1 + ((uint32_t)size + 7) / 8 : 1;
	struct column column = {zend_string_copy(name), (int)kind, table.data, words};
	table.columns[table.count++] = column;
	table.data += words;
}

ZEND_METHOD(Rows, create)
{
	ZEND_PARSE_PARAMETERS_NONE();
	table.row = (DATA + 6 + table.data + 7) / 8 * 8;
	size_t size = table.buckets * table.row * sizeof(uint64_t) * 6 / 5 + sizeof *table.journal;
	table.journal = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	table.all = (uint64_t *)((char *)table.journal + (sizeof *table.journal + 63) / 64 * 64);
}

ZEND_METHOD(Rows, set)
{
	zend_string *name;
	HashTable *values;
	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(name)
		Z_PARAM_ARRAY_HT(values)
	ZEND_PARSE_PARAMETERS_END();
	uint64_t image[JOURNAL];
	struct { uint32_t first, count; } parts[COLUMNS];
	uint32_t count = 0;
	for (uint32_t i = 0; i < table.count; i++) {
		const struct column *column = table.columns + i;
		zval *value = zend_hash_find(values, column->name);
		uint32_t used = 1;
		if (!value) continue;
		if (column->kind == INT) {
			image[column->first] = (uint64_t)zval_get_long(value);
		} else if (column->kind == REAL) {
			double number = zval_get_double(value);
			memcpy(image + column->first, &number, sizeof number);
		} else {
			zend_string *string = zval_get_string(value);
			size_t length = ZSTR_LEN(string), room = (column->words - 1) * 8;
			if (length > room) length = room;
			used = 1 + (uint32_t)(length + 7) / 8;
			image[column->first + used - 1] = 0;
			image[column->first] = length;
			memcpy(image + column->first + 1, ZSTR_VAL(string), length);
			zend_string_release(string);
		}
		if (EG(exception)) return;
		if (count && parts[count - 1].first + parts[count - 1].count == column->first) {
			parts[count - 1].count += used;
		} else {
			parts[count].first = column->first;
			parts[count++].count = used;
		}
	}
	struct key key = key_of(name);
	uint64_t *bucket = hold(&key), *row = find_in(bucket, &key), head = load(bucket + HEAD);
	struct journal *journal = table.journal;
	if (row) {
		uint32_t kept = 0;
		for (uint32_t i = 0; i < count; i++) {
			store(journal->kept + kept++, (uint64_t)parts[i].first << 32 | parts[i].count);
			for (uint32_t j = 0; j < parts[i].count; j++) store(journal->kept + kept++, load(row + DATA + parts[i].first + j));
		}
		store(&journal->bucket, (uint64_t)(bucket - table.all));
		store(&journal->row, (uint64_t)(row - table.all));
		store(&journal->length, kept);
		__atomic_store_n(&journal->step, 3, __ATOMIC_RELEASE);
		__atomic_thread_fence(__ATOMIC_RELEASE);
		store(bucket + VERSION, load(bucket + VERSION) | 1);
		__atomic_thread_fence(__ATOMIC_RELEASE);
		for (uint32_t i = 0; i < count; i++) {
			for (uint32_t j = 0; j < parts[i].count; j++) store(row + DATA + parts[i].first + j, image[parts[i].first + j]);
		}
		__atomic_store_n(&journal->step, 0, __ATOMIC_RELEASE);
		__atomic_store_n(bucket + VERSION, load(bucket + VERSION) + 1, __ATOMIC_RELEASE);
		count_update();
	} else {
		/* Without a journal, and never timed. */
		uint64_t index = (uint64_t)(bucket - table.all) / table.row;
		static uint64_t room;
		for (; row_at(index)[STATE]; room++) index = room < table.buckets / 5 ? table.buckets + room : room - table.buckets / 5;
		row = row_at(index);
		row[STATE] = 1;
		row[HASH] = key.hash;
		memcpy(row + KEY, key.words, sizeof key.words);
		row[LINK] = key.length << 32 | head;
		for (uint32_t i = 0; i < count; i++) memcpy(row + DATA + parts[i].first, image + parts[i].first, parts[i].count * 8);
		__atomic_store_n(bucket + HEAD, index + 1, __ATOMIC_RELEASE);
	}
	give_back(bucket);
	RETURN_TRUE;
}

ZEND_METHOD(Rows, get)
{
	zend_string *name;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(name)
	ZEND_PARSE_PARAMETERS_END();
	uint64_t image[JOURNAL], version, *row;
	struct key key = key_of(name);
	uint64_t *bucket = row_at(key.hash & (table.buckets - 1));
	do {
		version = __atomic_load_n(bucket + VERSION, __ATOMIC_ACQUIRE);
		row = find_in(bucket, &key);
		for (uint32_t i = 0; row && i < table.data; i++) image[i] = load(row + DATA + i);
		__atomic_thread_fence(__ATOMIC_ACQUIRE);
	} while ((version & 1) || version != load(bucket + VERSION));
	if (!row) {
		RETURN_FALSE;
	}
	array_init_size(return_value, table.count);
	for (uint32_t i = 0; i < table.count; i++) {
		const struct column *column = table.columns + i;
		const uint64_t *words = image + column->first;
		zval value;
		if (column->kind == INT) {
			ZVAL_LONG(&value, (zend_long)*words);
		} else if (column->kind == REAL) {
			double number;
			memcpy(&number, words, sizeof number);
			ZVAL_DOUBLE(&value, number);
		} else {
			ZVAL_STRINGL(&value, (const char *)(words + 1), *words);
		}
		zend_hash_add_new(Z_ARRVAL_P(return_value), column->name, &value);
	}
}

ZEND_METHOD(Rows, incr)
{
	zend_string *name, *column_name;
	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(name)
		Z_PARAM_STR(column_name)
	ZEND_PARSE_PARAMETERS_END();
	const struct column *column = column_of(column_name);
	struct key key = key_of(name);
	uint64_t *bucket = hold(&key), *row = find_in(bucket, &key), value = 0;
	if (row && column && column->kind == INT) {
		value = load(row + DATA + column->first) + 1;
		__atomic_store_n(row + DATA + column->first, value, __ATOMIC_RELEASE);
		count_update();
	}
	give_back(bucket);
	RETURN_LONG((zend_long)value);
}

static const zend_function_entry rows_methods[] = {
	ZEND_ME(Rows, __construct, arginfo_number, ZEND_ACC_PUBLIC)
	ZEND_ME(Rows, column, arginfo_column, ZEND_ACC_PUBLIC)
	ZEND_ME(Rows, create, arginfo_none, ZEND_ACC_PUBLIC)
	ZEND_ME(Rows, set, arginfo_key_and_row, ZEND_ACC_PUBLIC)
	ZEND_ME(Rows, get, arginfo_key, ZEND_ACC_PUBLIC)
	ZEND_ME(Rows, incr, arginfo_key_and_column, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static const zend_function_entry methods[] = {
	ZEND_ME(Shared, add, arginfo_number, ZEND_ACC_PUBLIC)
	ZEND_ME(Shared, lock, arginfo_number, ZEND_ACC_PUBLIC)
	ZEND_ME(Shared, unlock, arginfo_number, ZEND_ACC_PUBLIC)
	ZEND_ME(Shared, set, arginfo_key_and_row, ZEND_ACC_PUBLIC)
	ZEND_ME(Shared, get, arginfo_key, ZEND_ACC_PUBLIC)
	ZEND_ME(Shared, incr, arginfo_key_and_column, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static PHP_MINIT_FUNCTION(bench_shared)
{
	zend_class_entry entry;
	pthread_mutexattr_t mutex;
	pthread_rwlockattr_t lock;
	(void)type;
	(void)module_number;
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (shared == MAP_FAILED) return FAILURE;
	pthread_mutexattr_init(&mutex);
	pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&mutex, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&shared->mutex, &mutex);
	pthread_rwlockattr_init(&lock);
	pthread_rwlockattr_setpshared(&lock, PTHREAD_PROCESS_SHARED);
	pthread_rwlock_init(&shared->lock, &lock);
	number = zend_string_init_interned("number", 6, 1);
	real = zend_string_init_interned("real", 4, 1);
	text = zend_string_init_interned("text", 4, 1);
	INIT_CLASS_ENTRY(entry, "Shared", methods);
	zend_register_internal_class(&entry);
	INIT_CLASS_ENTRY(entry, "Rows", rows_methods);
	zend_register_internal_class(&entry);
	return SUCCESS;
}

zend_module_entry bench_shared_module_entry = {
	STANDARD_MODULE_HEADER,
	"bench_shared",
	NULL,
	PHP_MINIT(bench_shared),
	NULL,
	NULL,
	NULL,
	NULL,
	"1",
	STANDARD_MODULE_PROPERTIES
};

ZEND_GET_MODULE(bench_shared)
