--TEST--
classes that are written in PHP are compiled when a script first uses them, before any function that loads classes
--FILE--
<?php
spl_autoload_register(function (string $class): void {
    echo "[$class]";
});
var_dump(class_exists('Swoole\ConnectionPool', false), class_exists('swoole\CONNECTIONPOOL'), class_exists('Swoole\ConnectionPool', false));
var_dump(class_exists('Swoole\NoSuchClass'), class_exists('SwooleNothing'), class_exists('Swoole\\'));

// In the middle of a function with variables of its own, and by a class of the script.
function variables(): array
{
    $before = 'before';
    $config = new Swoole\Database\PDOConfig();
    $after = 'after';
    return get_defined_vars();
}
echo implode(' ', array_keys(variables())), "\n";
class Own extends Swoole\Database\PDOPool
{
    public function __construct() {}
}
var_dump(get_parent_class(new Own()), class_parents('Own') === ['Swoole\Database\PDOPool' => 'Swoole\Database\PDOPool', 'Swoole\ConnectionPool' => 'Swoole\ConnectionPool']);

// Their file and their lines in traces.
try {
    (new Swoole\ArrayObject())->get('none');
} catch (RuntimeException $e) {
    printf("%s %s\n", $e->getTrace()[0]['class'], basename($e->getFile()));
}
$class = new ReflectionClass('Swoole\StringObject');
var_dump($class->getFileName(), $class->isUserDefined());

// All at a time, by several coroutines and in a child.
Swoole\Coroutine\run(function (): void {
    foreach (range(1, 5) as $i) {
        Swoole\Coroutine\go(fn () => print(Swoole\Http\Status::getReasonPhrase(404) . "\n"));
    }
});
$child = new Swoole\Process(function (): void {
    echo get_class(swoole_mbstring()), "\n";
});
$child->start();
Swoole\Process::wait();
var_dump(class_exists('Swoole\MultibyteStringObject', false));
?>
--EXPECT--
bool(false)
bool(true)
bool(true)
[Swoole\NoSuchClass][SwooleNothing][Swoole\]bool(false)
bool(false)
bool(false)
before config after
string(23) "Swoole\Database\PDOPool"
bool(true)
Swoole\ArrayObject ArrayObject.php
string(32) "@swoole_process/StringObject.php"
bool(true)
Not Found
Not Found
Not Found
Not Found
Not Found
Swoole\MultibyteStringObject
bool(false)
