--TEST--
Table: add, update, cmpset, cmpdel, getdel; of several processes that try at once one succeeds
--FILE--
<?php
use Swoole\{Atomic, Process, Table};

$t = new Table(64);
$t->column('n', Table::TYPE_INT);
$t->column('s', Table::TYPE_STRING, 8);
$t->column('f', Table::TYPE_FLOAT);
$t->create();
var_dump($t->update('k', ['n' => 1]), $t->add('k', ['n' => 1]), $t->add('k', ['n' => 2]), $t->update('k', ['s' => 'text']));
echo json_encode($t->get('k')), "\n";
var_dump($t->cmpset('k', ['n' => 1, 's' => 'other'], ['n' => 9]), $t->cmpset('k', ['n' => '1', 's' => 'text'], ['n' => 3, 'f' => 0.5]));
var_dump($t->cmpset('none', [], ['n' => 9]), $t->cmpset('k', [], ['s' => 'any']), $t->cmpset('k', ['f' => 0.5], []));
echo json_encode($t->get('k')), "\n";
var_dump($t->cmpdel('k', ['n' => 1]), $t->cmpdel('k', ['n' => 3]), $t->cmpdel('k', []));
$t->set('k', ['n' => 7, 's' => 'last']);
var_dump($t->getdel('k', 's'), $t->getdel('k', 's'), $t->set('k', ['n' => 8]), $t->getdel('k'), $t->getdel('k'), count($t));

$wins = new Atomic();
$sum = new Atomic();
for ($i = 0; $i < 4; $i++) {
    (new Process(function () use ($t, $wins, $sum, $i) {
        for ($n = 0; $n < 500; $n++) {
            $wins->add((int) $t->add("once $n", ['n' => $i, 's' => "by $i"]));
            do {
                $old = $t->get('sum', 'n') ?: 0;
                $done = $old === 0 ? $t->add('sum', ['n' => 1]) : $t->cmpset('sum', ['n' => $old], ['n' => $old + 1]);
            } while (!$done);
            $row = $t->getdel("once $n");
            if ($row !== false) {
                $sum->add();
                if ($row['s'] !== "by {$row['n']}") {
                    echo "torn\n";
                }
            }
        }
    }, false, 0))->start();
}
while (Process::wait());
var_dump($t->get('sum', 'n'), $wins->get() === $sum->get(), count($t));
?>
--EXPECT--
bool(false)
bool(true)
bool(false)
bool(true)
{"n":1,"s":"text","f":0}
bool(false)
bool(true)
bool(false)
bool(true)
bool(true)
{"n":3,"s":"any","f":0.5}
bool(false)
bool(true)
bool(false)
string(4) "last"
bool(false)
bool(true)
array(3) {
  ["n"]=>
  int(8)
  ["s"]=>
  string(0) ""
  ["f"]=>
  float(0)
}
bool(false)
int(0)
int(2000)
bool(true)
int(1)
