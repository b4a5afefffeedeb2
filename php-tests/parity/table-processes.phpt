--TEST--
a table that is made before the fork is shared: rows of children, incr without losses, a row deleted by a child.
--FILE--
<?php
// Pins: a table that is made before the fork is shared: rows of children, incr without losses, a row deleted by a child.
// Status: documented.
use Swoole\{Table, Process};
$t = new Table(128);
$t->column('n', Table::TYPE_INT);
$t->column('who', Table::TYPE_STRING, 16);
$t->create();
$t->set('old', ['n' => 1]);
for ($i = 0; $i < 4; $i++) {
    $p = new Process(function () use ($t, $i) {
        $t->set("child$i", ['n' => $i, 'who' => "child $i"]);
        for ($k = 0; $k < 2000; $k++) {
            $t->incr('sum', 'n');
        }
        if ($i === 2) {
            $t->del('old');
        }
    }, false, 0);
    $p->start();
}
while (Process::wait()) {
}
var_dump($t->get('sum', 'n'), $t->get('old'), count($t));
for ($i = 0; $i < 4; $i++) {
    echo json_encode($t->get("child$i")), "\n";
}
--EXPECT--
int(8000)
bool(false)
int(5)
{"n":0,"who":"child 0"}
{"n":1,"who":"child 1"}
{"n":2,"who":"child 2"}
{"n":3,"who":"child 3"}
