--TEST--
a class is loaded by one coroutine while the others that need it wait: circles, failures, cancellation, destructors, preemption
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

/** What loads a class, by its name; and which have been loaded. */
final class Loads
{
    public static array $how = [];
    public static array $log = [];
}
spl_autoload_register(function (string $class) {
    Loads::$log[] = $class;
    Coroutine::getCid() > 0 && Coroutine::sleep(0.002);
    isset(Loads::$how[$class]) && (Loads::$how[$class])($class);
});
function loaded(): string
{
    return 'loaded: ' . implode(' ', array_splice(Loads::$log, 0));
}
function attempt(string $who, string $class): void
{
    try {
        $made = get_class(new $class());
        echo "$who $made\n";
    } catch (Throwable $e) {
        echo "$who ", $e::class, ': ', $e->getMessage(), "\n";
    }
}
$declare = fn (string $class) => eval("class $class {}");

echo "nobody finds it\n";
run(function () {
    go(fn () => attempt('one', 'Missing'));
    go(fn () => attempt('two', 'Missing'));
});
echo loaded(), "\n";

echo "the autoloader throws\n";
Loads::$how['Throws'] = fn () => throw new DomainException('cannot load');
run(function () {
    go(fn () => attempt('one', 'Throws'));
    go(fn () => attempt('two', 'Throws'));
});
echo loaded(), "\n";

echo "in itself it is not loaded again\n";
Loads::$how['Itself'] = function (string $class) use ($declare) {
    var_dump(class_exists('Itself'));
    $declare($class);
};
run(function () {
    go(fn () => attempt('one', 'Itself'));
    go(fn () => attempt('two', 'Itself'));
});
echo loaded(), "\n";

echo "circles\n";
Loads::$how['Left'] = function (string $class) use ($declare) {
    class_exists('Right');
    class_exists($class, false) || $declare($class);
};
Loads::$how['Right'] = function (string $class) use ($declare) {
    class_exists('Left');
    class_exists($class, false) || $declare($class);
};
run(function () {
    go(fn () => attempt('one', 'Left'));
    go(fn () => attempt('two', 'Right'));
    go(fn () => attempt('three', 'Left'));
});

echo "who is cancelled waits on; with an exception it does not\n";
loaded();
Loads::$how['Cancelled'] = function (string $class) use ($declare) {
    Coroutine::sleep(0.01);
    $declare($class);
};
run(function () {
    go(fn () => attempt('one', 'Cancelled'));
    $two = go(fn () => attempt('two', 'Cancelled'));
    $three = go(fn () => attempt('three', 'Cancelled'));
    Coroutine::cancel($two);
    Coroutine::cancel($three, true);
    attempt('main', 'Cancelled');
});
echo loaded(), "\n";

echo "the one that loads it is cancelled: the others have no class\n";
Loads::$how['Given'] = fn () => Coroutine::yield();
run(function () {
    $one = go(fn () => attempt('one', 'Given'));
    go(fn () => attempt('two', 'Given'));
    Coroutine::sleep(0.005);
    Coroutine::cancel($one, true);
});

echo "parents, interfaces, traits, of a class that one coroutine needs\n";
Loads::$how['Child'] = fn () => eval('class Child extends ParentOfChild implements Face { use Part; public function of(): Covariant { return new Covariant(); } }');
Loads::$how['ParentOfChild'] = fn () => eval('class ParentOfChild { public function of(): Base { return new Base(); } }');
Loads::$how['Face'] = fn () => eval('interface Face {}');
Loads::$how['Part'] = fn () => eval('trait Part {}');
Loads::$how['Base'] = $declare;
Loads::$how['Covariant'] = fn () => eval('class Covariant extends Base {}');
loaded();
run(function () {
    go(fn () => print(get_class((new Child())->of()) . "\n"));
    foreach (['ParentOfChild', 'Face', 'Part', 'Base'] as $name) {
        go(fn () => (class_exists($name) || interface_exists($name) || trait_exists($name)) || print("$name is missing\n"));
    }
});
$log = Loads::$log;
sort($log);
echo implode(' ', $log), "\n";

echo "in destructors, where the autoloader is preempted, from the main program\n";
loaded();
Loads::$how['InDestructor'] = Loads::$how['InLoop'] = $declare;
final class Needs
{
    public function __destruct()
    {
        attempt('destructor', 'InDestructor');
    }
}
run(function () {
    go(function () { new Needs(); });
    attempt('other', 'InDestructor');
});
Coroutine::set(['enable_preemptive_scheduler' => true]);
$others_run = false;
Loads::$how['Busy'] = function (string $class) use ($declare) {
    while (!$GLOBALS['others_run']);
    $declare($class);
};
run(function () {
    go(fn () => attempt('one', 'Busy'));
    go(function () {
        $GLOBALS['others_run'] = true;
        attempt('two', 'Busy');
    });
});
Coroutine::set(['enable_preemptive_scheduler' => false]);
attempt('main', 'InLoop');
echo loaded(), "\n";

echo "the main program needs a class that a coroutine is loading, and needs it again while it loads it too\n";
Loads::$how['Shared'] = function (string $class) use ($declare) {
    Coroutine::getCid() > 0 || attempt('main inside', $class);
    class_exists($class, false) || $declare($class);
};
go(fn () => attempt('one', 'Shared'));
go(fn () => attempt('two', 'Shared'));
attempt('main', 'Shared');
Swoole\Event::wait();
echo loaded(), "\n";

echo "an exception is on its way while a class is loaded\n";
Loads::$how['Late'] = $declare;
run(function () {
    go(function () {
        try {
            try {
                throw new LogicException('first');
            } finally {
                class_exists('Late');
            }
        } catch (LogicException $e) {
            echo "one {$e->getMessage()}\n";
        }
    });
    try {
        throw new RuntimeException('second');
    } catch (RuntimeException $e) {
        echo "two {$e->getMessage()} ", json_encode($e->getPrevious()), "\n";
    }
});

echo "a child goes on alone\n";
Loads::$how['Forked'] = $declare;
run(function () {
    go(fn () => attempt('parent', 'Forked'));
    $pid = pcntl_fork();
    if ($pid === 0) {
        attempt('child', 'Forked');
        return;
    }
    pcntl_waitpid($pid, $status);
});
?>
--EXPECT--
nobody finds it
two Error: Class "Missing" not found
one Error: Class "Missing" not found
loaded: Missing
the autoloader throws
two Error: Class "Throws" not found
one DomainException: cannot load
loaded: Throws
in itself it is not loaded again
bool(false)
two Itself
one Itself
loaded: Itself
circles
three Left
one Left
two Right
who is cancelled waits on; with an exception it does not
three Swoole\Coroutine\CanceledException: 
two Cancelled
main Cancelled
one Cancelled
loaded: Cancelled
the one that loads it is cancelled: the others have no class
two Error: Class "Given" not found
one Swoole\Coroutine\CanceledException: 
parents, interfaces, traits, of a class that one coroutine needs
Covariant
Base Child Covariant Face ParentOfChild Part
in destructors, where the autoloader is preempted, from the main program
other InDestructor
destructor InDestructor
two Busy
one Busy
main InLoop
loaded: InDestructor Busy InLoop
the main program needs a class that a coroutine is loading, and needs it again while it loads it too
main inside Error: Class "Shared" not found
main Shared
two Shared
one Shared
loaded: Shared Shared
an exception is on its way while a class is loaded
two second null
one first
a child goes on alone
child Forked
parent Forked
