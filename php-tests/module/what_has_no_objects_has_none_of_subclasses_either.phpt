--TEST--
`new` of a class without objects throws, and so does `new` of a subclass with properties of its own
--FILE--
<?php
class Ticker extends Swoole\Timer
{
    public $text = 'default';
    public array $list = [1, 2];
    public int $number;
}
class Loop extends Swoole\Event
{
    private $handlers = [];
}
foreach (['Swoole\Timer', 'Ticker', 'Swoole\Event', 'Loop'] as $class) {
    $tries = [
        fn () => new $class(),
        fn () => (new ReflectionClass($class))->newInstanceWithoutConstructor(),
        fn () => unserialize(sprintf('O:%d:"%s":0:{}', strlen($class), $class)),
    ];
    foreach ($tries as $try) {
        try {
            $try();
            echo "an object\n";
        } catch (Error $e) {
            echo $e->getMessage(), "\n";
        }
    }
}
?>
--EXPECT--
The object of Swoole\Timer can not be created for security reasons
The object of Swoole\Timer can not be created for security reasons
The object of Swoole\Timer can not be created for security reasons
The object of Ticker can not be created for security reasons
The object of Ticker can not be created for security reasons
The object of Ticker can not be created for security reasons
The object of Swoole\Event can not be created for security reasons
The object of Swoole\Event can not be created for security reasons
The object of Swoole\Event can not be created for security reasons
The object of Loop can not be created for security reasons
The object of Loop can not be created for security reasons
The object of Loop can not be created for security reasons
