--TEST--
Table: values are converted as in Swoole, what is too long is cut, keys of any bytes and lengths are kept apart
--FILE--
<?php
use Swoole\Table;

class Named
{
    public function __toString(): string
    {
        return 'named';
    }
}

// A text that is cut leaves a line in the log.
swoole_async_set(['log_level' => SWOOLE_LOG_ERROR]);
$t = new Table(64);
$t->column('n', Table::TYPE_INT);
$t->column('s', Table::TYPE_STRING, 5);
$t->column('f', Table::TYPE_FLOAT);
$t->column('7', Table::TYPE_INT);
$t->create();
foreach ([['n' => PHP_INT_MAX, 's' => "a\0b", 'f' => 1e300, '7' => -1], ['n' => '42abc', 's' => 12.5, 'f' => '1e3', 'other' => 1], ['n' => 3.99, 's' => true, 'f' => 7],
    ['n' => null, 's' => null, 'f' => null], ['s' => new Named()], ['s' => 'nine byte', 'n' => [1]], []] as $row) {
    var_dump($t->set('k', $row));
    echo json_encode($t->get('k')), "\n";
}
// Eight bytes: the size is rounded up as in Swoole.
var_dump($t->get('k', 's'), $t->get('k', '7'), $t->get('k')['7'], $t->incr('k', '7'));
var_dump($t->set('k', ['f' => NAN]), is_nan($t->get('k', 'f')), $t->set('k', ['f' => -INF]), $t->get('k', 'f'));

// Keys.
$keys = ['', '0', ' ', "a\0b", "a\0c", str_repeat('k', 63), str_repeat('k', 64), str_repeat('k', 64) . 'x', str_repeat('k', 100000), hash('sha256', '1'), "\xff\xfe"];
foreach ($keys as $number => $key) {
    $t->set($key, ['n' => $number]);
}
foreach ($keys as $number => $key) {
    if ($t->get($key, 'n') !== $number || !$t->exists($key)) {
        echo "$number is lost\n";
    }
}
$t->del('k');
var_dump(count($t) === count($keys));
$shown = [];
foreach ($t as $key => $row) {
    $shown[$row['n']] = $key;
}
var_dump($shown[7] === str_repeat('k', 63), $shown[3] === "a\0b", $shown[1]);
foreach ($keys as $key) {
    $t->del($key);
}
var_dump(count($t));

// A conversion that throws, or that uses the table, changes nothing halfway.
class Throwing
{
    public function __toString(): string
    {
        throw new Exception('no text');
    }
}
class Meddling
{
    public function __toString(): string
    {
        global $t;
        $t->set('k', ['n' => 5, 's' => 'inner']);
        return 'outer';
    }
}
$t->set('k', ['n' => 1, 's' => 'old']);
try {
    $t->set('k', ['n' => 2, 's' => new Throwing()]);
} catch (Exception $e) {
    echo $e->getMessage(), ' ', json_encode($t->get('k')), "\n";
}
$t->set('k', ['s' => new Meddling()]);
echo json_encode($t->get('k')), "\n";
set_error_handler(fn () => throw new Exception('handler'));
try {
    $t->set('k', ['n' => 3, 's' => []]);
} catch (Exception $e) {
    echo $e->getMessage(), ' ', json_encode($t->get('k')), "\n";
}
?>
--EXPECT--
bool(true)
{"n":9223372036854775807,"s":"a\u0000b","f":1.0e+300,"7":-1}
bool(true)
{"n":42,"s":"12.5","f":1000,"7":-1}
bool(true)
{"n":3,"s":"1","f":7,"7":-1}
bool(true)
{"n":0,"s":"","f":0,"7":-1}
bool(true)
{"n":0,"s":"named","f":0,"7":-1}
bool(true)
{"n":1,"s":"nine byt","f":0,"7":-1}
bool(true)
{"n":1,"s":"nine byt","f":0,"7":-1}
string(8) "nine byt"
int(-1)
int(-1)
int(0)
bool(true)
bool(true)
bool(true)
float(-INF)
bool(true)
bool(true)
bool(true)
string(1) "0"
int(0)
no text {"n":1,"s":"old","f":0,"7":0}
{"n":5,"s":"outer","f":0,"7":0}
handler {"n":5,"s":"outer","f":0,"7":0}
