--TEST--
foreach over a table, the Iterator methods, deleting what was iterated, Countable.
--FILE--
<?php
// Pins: foreach over a table, the Iterator methods, deleting what was iterated, Countable.
// Status: documented; the order of the rows is that of the hash and is not recorded.
use Swoole\Table;
$t = new Table(64);
$t->column('v', Table::TYPE_INT);
$t->create();
foreach ($t as $row) {
    echo "no row expected\n";
}
for ($i = 0; $i < 20; $i++) {
    $t->set("key$i", ['v' => $i]);
}
$seen = [];
foreach ($t as $k => $row) {
    $seen[$k] = $row['v'];
}
ksort($seen, SORT_NATURAL);
echo json_encode($seen), "\n";
var_dump($t instanceof Iterator, $t instanceof Countable, count($t));
foreach (array_keys($seen) as $k) {
    if ($t->get($k, 'v') % 2) {
        $t->del($k);
    }
}
$n = 0;
for ($t->rewind(); $t->valid(); $t->next()) {
    $n += $t->current()['v'] === (int) substr($t->key(), 3);
}
var_dump($n, count($t));
var_dump($t->valid(), $t->current(), $t->key());
--EXPECT--
{"key0":0,"key1":1,"key2":2,"key3":3,"key4":4,"key5":5,"key6":6,"key7":7,"key8":8,"key9":9,"key10":10,"key11":11,"key12":12,"key13":13,"key14":14,"key15":15,"key16":16,"key17":17,"key18":18,"key19":19}
bool(true)
bool(true)
int(20)
int(10)
int(10)
bool(false)
NULL
NULL
