--TEST--
Channel: values of every type come out as they went in, references inside of arrays included
--FILE--
<?php
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\run;
run(function () {
    $c = new Channel(16);
    $object = new stdClass();
    $resource = fopen('php://memory', 'r');
    $closure = fn () => 'called';
    $values = [null, true, false, 0, -1.5, NAN, '', "a\0b", [], $object, $resource, $closure, $c];
    foreach ($values as $value) {
        $c->push($value);
    }
    foreach ($values as $value) {
        $got = $c->pop();
        echo get_debug_type($got), $got === $value || is_float($value) && is_nan($value) ? '' : ' is another one', "\n";
    }
    $array = ['copied', 'shared'];
    $shared = &$array[1];
    $variable = 'by value';
    $alias = &$variable;
    $c->push($array);
    $c->push($variable);
    $array[0] = $shared = $alias = 'changed';
    echo implode(' ', $c->pop()), "\n", $c->pop(), "\n";
});
?>
--EXPECT--
null
bool
bool
int
float
float
string
string
array
stdClass
resource (stream)
Closure
Swoole\Coroutine\Channel
copied changed
by value
