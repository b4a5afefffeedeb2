--TEST--
Table: it takes at least as many rows as was asked for, then it refuses, and what is removed makes room; stats
--FILE--
<?php
use Swoole\Table;

$t = new Table(1000);
$t->column('n', Table::TYPE_INT);
$t->create();
$warnings = 0;
set_error_handler(function (int $level, string $text) use (&$warnings) {
    if ($warnings++ === 0) {
        echo $text, "\n";
    }
    return true;
});
for ($i = 0; $t->set("k$i", ['n' => $i]); $i++);
var_dump($i, count($t), $t->incr('other', 'n'), $t->add('other', []), $t->set('k5', ['n' => -5]), $warnings);
echo json_encode(array_diff_key($t->stats(), ['conflict_count' => 0, 'conflict_max_level' => 0])), "\n";
var_dump($t->stats()['conflict_count'] > 0, $t->stats()['conflict_max_level'] > 1);
for ($round = 0; $round < 3; $round++) {
    foreach ($t as $key => $row) {
        if ($row['n'] % 2 === $round % 2) {
            $t->del($key);
        }
    }
    for ($n = 0; $t->set("round $round $n", ['n' => $n]); $n++);
    echo count($t), ' ';
}
// Deleting what is visited: every row is visited once.
$visited = 0;
foreach ($t as $key => $row) {
    $visited++;
    $t->del($key);
}
var_dump($visited, count($t), $t->stats()['available_slice_num']);
?>
--EXPECT--
Swoole\Table::set(): failed to set('k1229'), unable to allocate memory: all rows are in use
int(1229)
int(1229)
bool(false)
bool(false)
bool(true)
int(3)
{"num":1229,"insert_count":1229,"update_count":1,"delete_count":0,"available_slice_num":0,"total_slice_num":205}
bool(true)
bool(true)
1229 1229 1229 int(1229)
int(0)
int(205)
