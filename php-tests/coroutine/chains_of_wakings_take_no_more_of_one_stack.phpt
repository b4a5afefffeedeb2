--TEST--
Coroutine: thousands that wake each other one after the other take no more of one stack than two
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{Barrier, Channel, WaitGroup};
use function Swoole\Coroutine\{go, run, batch, defer};
ini_set('memory_limit', '1G');
// A chain whose links take 60 bytes of one stack each crashes.
Coroutine::set(['c_stack_size' => 256 * 1024]);
const LINKS = 5000;

/** Lets a group go on when it is destroyed. */
final class Done
{
    public function __construct(private WaitGroup $group)
    {
    }

    public function __destruct()
    {
        $this->group->done();
    }
}

final class Links
{
    public static int $done = 0;
}

$by_joins = function (callable $link): callable {
    $first = $before = go(fn () => Coroutine::yield());
    for ($i = 0; $i < LINKS; $i++) {
        $before = $link($before);
    }
    return fn () => Coroutine::resume($first);
};
$by_groups = function (callable $link): callable {
    $first = $before = new WaitGroup(1);
    for ($i = 0; $i < LINKS; $i++) {
        $next = new WaitGroup(1);
        $link($before, $next);
        $before = $next;
    }
    return fn () => $first->done();
};
$by_channels = function (callable $link): callable {
    $first = $before = new Channel(1);
    for ($i = 0; $i < LINKS; $i++) {
        $next = new Channel(1);
        go(function () use ($before, $next, $link) {
            $before->pop();
            Links::$done++;
            $link($next);
        });
        $before = $next;
    }
    return fn () => $first->push(1);
};
$chains = [
    'join' => fn () => $by_joins(fn ($before) => go(function () use ($before) {
        Coroutine::join([$before]);
        Links::$done++;
    })),
    'batch' => fn () => $by_joins(fn ($before) => go(function () use ($before) {
        batch([fn () => Coroutine::join([$before])]);
        Links::$done++;
    })),
    'WaitGroup' => fn () => $by_groups(fn ($own, $next) => go(function () use ($own, $next) {
        $own->wait();
        Links::$done++;
        $next->done();
    })),
    'deferred call' => fn () => $by_groups(fn ($own, $next) => go(function () use ($own, $next) {
        defer(fn () => $next->done());
        $own->wait();
        Links::$done++;
    })),
    'destructor of what the function holds' => fn () => $by_groups(function ($own, $next) {
        $guard = new Done($next);
        $function = function () use ($own, $guard) {
            $own->wait();
            Links::$done++;
        };
        unset($guard);
        go($function);
    }),
    'destructor of an argument' => fn () => $by_groups(fn ($own, $next) => go(function (Done $guard) use ($own) {
        $own->wait();
        Links::$done++;
    }, new Done($next))),
    'destructor of the result' => fn () => $by_groups(fn ($own, $next) => go(function () use ($own, $next) {
        $own->wait();
        Links::$done++;
        return new Done($next);
    })),
    'destructor of the context' => fn () => $by_groups(fn ($own, $next) => go(function () use ($own, $next) {
        Coroutine::getContext()['guard'] = new Done($next);
        $own->wait();
        Links::$done++;
    })),
    'Barrier' => function () {
        $held = [Barrier::make()];
        for ($i = 0; $i < LINKS; $i++) {
            $next = Barrier::make();
            go(function () use (&$held, $next) {
                [$own, $held] = [$held[0], []];
                Barrier::wait($own);
                Links::$done++;
            });
            $held = [$next];
            // The first one is let go by all but its coroutine when the next is made.
            unset($next);
        }
        return function () use (&$held) {
            $held = [];
        };
    },
    'push' => fn () => $by_channels(fn ($next) => $next->push(1)),
    'close' => fn () => $by_channels(fn ($next) => $next->close()),
    'cancel' => function () {
        $before = go(function () {
            Coroutine::sleep(100);
            Links::$done++;
        });
        for ($i = 1; $i < LINKS; $i++) {
            $before = go(function () use ($before) {
                Coroutine::sleep(100);
                Links::$done++;
                Coroutine::cancel($before);
            });
        }
        return fn () => Coroutine::cancel($before);
    },
];
foreach ($chains as $name => $make) {
    Links::$done = 0;
    run(function () use ($make) {
        $start = $make();
        $start();
    });
    echo "$name: ", Links::$done, "\n";
}
?>
--EXPECT--
join: 5000
batch: 5000
WaitGroup: 5000
deferred call: 5000
destructor of what the function holds: 5000
destructor of an argument: 5000
destructor of the result: 5000
destructor of the context: 5000
Barrier: 5000
push: 5000
close: 5000
cancel: 5000
