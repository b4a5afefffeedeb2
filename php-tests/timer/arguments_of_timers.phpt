--TEST--
arguments reach the callback as they were given: values are copies, objects are the same, references are values; they are released afterwards
--FILE--
<?php
use Swoole\{Event, Timer};
class Noticed
{
    public int $calls = 0;
    public function __destruct()
    {
        echo "released\n";
    }
    public function method(string $text): void
    {
        echo "method $text\n";
    }
    public function __call(string $name, array $arguments): void
    {
        echo "$name ", json_encode($arguments), "\n";
    }
    public static function __callStatic(string $name, array $arguments): void
    {
        echo "static $name ", json_encode($arguments), "\n";
    }
    public function __invoke(mixed ...$arguments): void
    {
        echo 'invoked ', json_encode($arguments), "\n";
    }
}
$array = [1, 2];
$object = new Noticed();
$value = 'before';
$reference = &$value;
Timer::after(1, function (array $array, Noticed $given, string $value, ...$more) use ($object) {
    $array[] = 3;
    $given->calls++;
    echo json_encode([$array, $given === $object, $value, $more]), "\n";
}, $array, $object, $reference, null, 1.5);
$array[] = 'later';
$value = 'after';
Event::wait();
echo json_encode([$array, $object->calls]), "\n";

Timer::tick(1, function (int $id, Noticed $object, array $list) {
    $list[] = ++$object->calls;
    echo json_encode([count($list), $object->calls]), "\n";
    $object->calls === 4 && Timer::clear($id);
}, $object, ['a']);
Event::wait();

echo "-- callables\n";
Timer::after(1, [$object, 'method'], 'by name');
Timer::after(2, [$object, 'magic'], 1);
Timer::after(3, 'Noticed::magic', 2);
Timer::after(4, $object, 3);
Timer::after(5, 'printf', "%s\n", 'an internal function');
Timer::after(6, $object->method(...), 'first class');
Event::wait();
echo "-- a parameter by reference\n";
set_error_handler(fn ($level, $text) => print("$text\n"));
Timer::after(1, function (&$x) {
    $x = 'changed';
}, $value);
Event::wait();
var_dump($value);
echo "-- too few\n";
unset($object);
Timer::after(1, fn (Noticed $object) => print("called\n"), new Noticed());
Timer::after(1, fn () => print("the next timer\n"));
usleep(2000);
Event::wait();
echo "end\n";
?>
--EXPECTF--
[[1,2,3],true,"before",[null,1.5]]
[[1,2,"later"],1]
[2,2]
[2,3]
[2,4]
-- callables
method by name
magic [1]
static magic [2]
invoked [3]
an internal function
method first class
-- a parameter by reference
{closure%S}(): Argument #1 ($x) must be passed by reference, value given
string(5) "after"
-- too few
released
called
released
the next timer
end
