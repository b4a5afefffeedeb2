--TEST--
while a constructor that turns warnings into exceptions waits, or an error handler does, the others have theirs
--INI--
log_errors=0
display_errors=1
html_errors=0
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

final class Slow
{
    public $context;

    public function url_stat(): bool
    {
        return false;
    }

    public function stream_open(): bool
    {
        Coroutine::sleep(0.001);
        return false;
    }

    public function dir_opendir(): bool
    {
        Coroutine::sleep(0.001);
        return false;
    }
}
stream_wrapper_register('slow', Slow::class);

function thrown(Closure $body): string
{
    try {
        return json_encode($body());
    } catch (Throwable $e) {
        return $e::class;
    }
}

echo "constructors\n";
foreach (['SplFileObject', 'DirectoryIterator'] as $class) {
    run(function () use ($class) {
        go(fn () => print("$class " . thrown(fn () => new $class('slow://x')) . "\n"));
        // With a handler of the script, which the engine would not call in such a constructor.
        set_error_handler(function (int $level, string $text) {
            echo "handled\n";
        });
        echo thrown(fn () => fopen('/no/such/file', 'r')), "\n";
        restore_error_handler();
        go(fn () => print("$class " . thrown(fn () => new $class('slow://y')) . "\n"));
    });
}

echo "one name in two coroutines\n";
final class Opens
{
    public $context;

    public function stream_open(): bool
    {
        Coroutine::sleep(0.001);
        return true;
    }

    public function stream_read(): string
    {
        return '';
    }

    public function stream_eof(): bool
    {
        return true;
    }

    public function stream_stat(): array
    {
        return [];
    }
}
stream_wrapper_register('opens', Opens::class);
run(function () {
    for ($i = 0; $i < 2; $i++) {
        go(fn () => var_dump(is_resource(fopen('opens://x', 'r'))));
    }
});

echo "handlers\n";
$handler = function (int $level, string $text) {
    echo "[$text waits]\n";
    Coroutine::sleep(0.002);
    // Nobody handles what happens in the handler itself.
    echo $undefined;
    echo "[$text handled]\n";
};
set_error_handler($handler);
run(function () {
    go(fn () => trigger_error('one'));
    go(fn () => trigger_error('two'));
    Coroutine::sleep(0.01);
    trigger_error('three');
});

echo "a handler that others set stays\n";
run(function () use ($handler) {
    go(fn () => trigger_error('one'));
    var_dump(set_error_handler(fn (int $level, string $text) => print("other: $text\n")) === $handler);
    Coroutine::sleep(0.01);
    trigger_error('two');
    restore_error_handler();
    trigger_error('three');
});
echo "one that others set for a while does not\n";
run(function () use ($handler) {
    go(fn () => trigger_error('one'));
    set_error_handler(fn () => true);
    restore_error_handler();
});
restore_error_handler();

echo "one that takes itself away is gone\n";
set_error_handler(function (int $level, string $text) {
    echo "[$text]\n";
    restore_error_handler();
    Coroutine::sleep(0.001);
});
run(function () {
    go(fn () => trigger_error('one'));
    go(fn () => trigger_error('two'));
});
set_error_handler(null);

echo "none\n";
run(function () {
    go(function () {
        Coroutine::sleep(0.001);
        echo $nothing;
    });
});

echo "methods, names, handlers in Fibers\n";
final class Handlers
{
    public function handle(int $level, string $text): bool
    {
        (new Fiber(fn () => Coroutine::sleep(0.001)))->start();
        echo __METHOD__, " $text\n";
        return true;
    }

    public static function handleAlso(int $level, string $text): bool
    {
        Coroutine::sleep(0.001);
        echo __METHOD__, " $text\n";
        return true;
    }
}
function handles(int $level, string $text): bool
{
    Coroutine::sleep(0.001);
    echo __FUNCTION__, " $text\n";
    return true;
}
foreach ([[new Handlers(), 'handle'], 'Handlers::handleAlso', 'handles', handles(...)] as $handler) {
    set_error_handler($handler);
    run(function () {
        go(fn () => trigger_error('one'));
        go(fn () => trigger_error('two'));
    });
    restore_error_handler();
}

echo "where an exception is made\n";
interface Has
{
    const LIST = [1];
    const TEXT = self::LIST . '';
}
final class Uses
{
    const TEXT = Has::TEXT;
}
set_error_handler(function () {
    Coroutine::sleep(0.001);
});
run(function () {
    go(fn () => Uses::TEXT);
    $e = new Exception();
    echo $e->getLine() === __LINE__ - 1 ? "here\n" : "line {$e->getLine()}\n";
});
?>
--EXPECTF--
constructors
handled
false
SplFileObject RuntimeException
SplFileObject RuntimeException
handled
false
DirectoryIterator UnexpectedValueException
DirectoryIterator UnexpectedValueException
one name in two coroutines
bool(true)
bool(true)
handlers
[one waits]
[two waits]

Warning: Undefined variable $undefined in %s on line %d
[one handled]

Warning: Undefined variable $undefined in %s on line %d
[two handled]
[three waits]

Warning: Undefined variable $undefined in %s on line %d
[three handled]
a handler that others set stays
[one waits]
bool(true)
other: Undefined variable $undefined
[one handled]
other: two
[three waits]

Warning: Undefined variable $undefined in %s on line %d
[three handled]
one that others set for a while does not
[one waits]

Warning: Undefined variable $undefined in %s on line %d
[one handled]
one that takes itself away is gone
[one]

Notice: two in %s on line %d
none

Warning: Undefined variable $nothing in %s on line %d
methods, names, handlers in Fibers
Handlers::handle one
Handlers::handle two
Handlers::handleAlso one
Handlers::handleAlso two
handles one
handles two
handles one
handles two
where an exception is made
here
