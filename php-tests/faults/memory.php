<?php
// Operations that make no system call, and what they do in coroutines: for allocations alone.

namespace Faults;

use Swoole\Coroutine;
use Swoole\Coroutine\Barrier;
use Swoole\Coroutine\Channel;
use Swoole\Coroutine\Scheduler;
use Swoole\Coroutine\System;
use Swoole\Coroutine\WaitGroup;
use Swoole\Event;
use Swoole\ExitException;
use Swoole\Process;
use Swoole\Timer;

/** Something to be called, with an argument of its own. */
function called(): \Closure
{
    return fn (mixed ...$arguments): string => str_repeat('x', 100) . count($arguments);
}

$plain = fn (string $title, \Closure $run, ?\Closure $prepare = null): Operation =>
    new Operation($title, $run, [], $prepare);
$waiter = function (object $c): void {
    $c->cid = Coroutine::create(fn () => Coroutine::yield());
};

return [
    $plain('Swoole\Coroutine::create, with arguments', fn () => Coroutine::create(called(), 1, [2], 'three')),
    $plain('Swoole\Coroutine::create, of many', function (): void {
        for ($count = 0; $count < 20; $count++) {
            Coroutine::create(fn () => Coroutine::yield());
        }
    }),
    $plain('Swoole\Coroutine::create, in output buffers', function (): void {
        ob_start();
        Coroutine::create(function (): void {
            ob_start(fn (string $text): string => strtoupper($text));
            echo 'text';
            Coroutine::yield();
        });
        ob_end_clean();
    }),
    $plain('Swoole\Coroutine::create, of one that throws', function (): void {
        set_exception_handler(fn (\Throwable $e) => strlen($e->getMessage()));
        Coroutine::create(fn () => throw new \Exception('thrown'));
    }),
    $plain('exit, in a coroutine', fn () => Coroutine::create(function (): void {
        try {
            exit('text');
        } catch (ExitException $e) {
            $e->getStatus();
        }
    })),
    $plain('Swoole\Coroutine::resume', fn (object $c) => Coroutine::resume($c->cid), $waiter),
    $plain('Swoole\Coroutine::cancel', fn (object $c) => Coroutine::cancel($c->cid, true), $waiter),
    $plain('Swoole\Coroutine::join', fn (object $c) => Coroutine::create(fn () => Coroutine::join([$c->cid], 0.001)), $waiter),
    $plain('Swoole\Coroutine, what it tells', function (object $c): void {
        Coroutine::getContext($c->cid);
        Coroutine::getBackTrace($c->cid);
        Coroutine::printBackTrace($c->cid);
        Coroutine::stats();
        Coroutine::getOptions();
        Coroutine::getElapsed($c->cid);
        Coroutine::getStackUsage($c->cid);
        Coroutine::exists($c->cid);
        iterator_to_array(Coroutine::list());
    }, $waiter),
    $plain('Swoole\Coroutine::set', fn () => Coroutine::set([
        'max_coroutine' => 1000, 'c_stack_size' => 1 << 20, 'hook_flags' => SWOOLE_HOOK_ALL, 'unknown' => [1, 2],
        'exit_condition' => fn (): bool => true,
    ]) ?? Coroutine::set(['deadlock_check_depth' => 3])),
    $plain('Swoole\Coroutine::defer', fn () => Coroutine::create(function (): void {
        Coroutine::defer(called());
        Coroutine::getContext()['key'] = called();
    })),
    $plain('Swoole\Coroutine, of a scheduler', function (): void {
        $scheduler = new Scheduler();
        $scheduler->set(['max_coroutine' => 1000]);
        $scheduler->add(called(), 1, 2);
        $scheduler->parallel(3, called(), 'x');
        $scheduler->start();
    }),
    $plain('Swoole\Coroutine\run', fn () => Coroutine\run(function (): void {
        Coroutine\batch([called(), fn () => Coroutine::sleep(0.001)]);
        Coroutine\map([1, 'key' => 2], called());
        Coroutine\parallel(2, called());
    })),
    $plain('Swoole\Coroutine, a deadlock', fn () => Coroutine\run(fn () => (new Channel())->pop())),
    $plain('Swoole\Coroutine\Channel', function (): void {
        $channel = new Channel(2);
        Coroutine::create(function () use ($channel): void {
            for ($number = 0; $number < 4; $number++) {
                $channel->push(str_repeat('x', $number));
            }
        });
        Coroutine::create(function () use ($channel): void {
            while ($channel->pop(0.001) !== false);
            $channel->stats();
        });
        Event::wait();
        $channel->close();
    }),
    $plain('Swoole\Coroutine\WaitGroup, Barrier', fn () => Coroutine\run(function (): void {
        $group = new WaitGroup();
        $barrier = Barrier::make();
        for ($number = 0; $number < 3; $number++) {
            $group->add();
            Coroutine::create(function () use ($group, $barrier): void {
                System::sleep(0.001);
                $group->done();
            });
        }
        $group->wait();
        Barrier::wait($barrier, 0.01);
    })),
    $plain('Swoole\Coroutine, a Fiber inside and outside', function (): void {
        $fiber = new \Fiber(function (): void {
            Coroutine::create(function (): void {
                $inner = new \Fiber(fn () => Coroutine::sleep(0.001));
                $inner->start();
            });
            \Fiber::suspend();
        });
        $fiber->start();
        Event::wait();
        $fiber->resume();
    }),
    $plain('Swoole\Timer', function (): void {
        Timer::tick(1, function (int $id): void {
            Timer::clear($id);
        }, 'argument');
        $id = Timer::after(1, called(), [1]);
        Timer::info($id);
        Timer::list();
        Timer::stats();
        Event::wait();
    }),
    $plain('Swoole\Event::defer', function (): void {
        Event::defer(called());
        Event::cycle(function (): void {
            Event::cycle(null);
        });
        Event::wait();
    }),
    $plain('Swoole\Process, its properties', function (): void {
        $process = new class (called(), true, 2, true) extends Process {
            public array $own = [1];
        };
        $process->own[] = clone_of([2]);
        print_r($process, true);
        Process::signal(SIGUSR1, called());
        Process::signal(SIGUSR1, null);
    }),
    $plain('Swoole\Coroutine\Socket, all received', function (): void {
        Coroutine\run(function (): void {
            [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
            Coroutine::create(function () use ($b): void {
                $b->sendAll(str_repeat('x', 500000));
                $b->close();
            });
            $a->recvAll(1 << 30);
        });
    }),
    $plain('Swoole\Coroutine\System, files and commands', function (): void {
        Coroutine\run(function (): void {
            System::readFile(__FILE__);
            System::exec('echo text');
            System::getaddrinfo('127.0.0.1');
        });
    }),
];

function clone_of(array $list): array
{
    $list[] = count($list);
    return $list;
}
