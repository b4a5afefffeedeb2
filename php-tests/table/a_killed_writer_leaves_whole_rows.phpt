--TEST--
Table: writers that are killed at any moment hang nobody, and leave whole rows and a right count
--FILE--
<?php
use Swoole\{Process, Table};

$t = new Table(64);
$t->column('n', Table::TYPE_INT);
$t->column('s', Table::TYPE_STRING, 200);
$t->column('m', Table::TYPE_INT);
$t->create();

function check(Table $t, bool $alone): void
{
    $rows = 0;
    foreach ($t as $key => $row) {
        $rows++;
        if ($row['m'] !== $row['n'] || $row['s'] !== str_repeat(chr(97 + $row['n'] % 26), $row['n'] % 200)) {
            echo "torn: ", json_encode($row), "\n";
        }
    }
    if ($alone && $rows !== count($t)) {
        echo "$rows rows, but ", count($t), " counted\n";
    }
}

for ($round = 0; $round < 40; $round++) {
    $pids = [];
    for ($i = 0; $i < 2; $i++) {
        $p = new Process(function (Process $p) use ($t, $i, $round) {
            mt_srand($round * 10 + $i);
            $p->write('ready');
            while (true) {
                $key = 'k' . mt_rand(0, 70);
                $n = mt_rand(0, 1000);
                mt_rand(0, 3) ? $t->set($key, ['n' => $n, 's' => str_repeat(chr(97 + $n % 26), $n % 200), 'm' => $n]) : $t->del($key);
            }
        });
        $pids[] = $p->start();
        $p->read();
    }
    usleep($round * 50);
    foreach ($pids as $pid) {
        Process::kill($pid, SIGKILL);
        check($t, false);
    }
    Process::wait();
    Process::wait();
    check($t, true);
}
foreach (array_map(fn (int $n) => "k$n", range(0, 70)) as $key) {
    $t->del($key);
}
var_dump(count($t), $t->stats()['available_slice_num'] === $t->stats()['total_slice_num']);
?>
--EXPECT--
int(0)
bool(true)
