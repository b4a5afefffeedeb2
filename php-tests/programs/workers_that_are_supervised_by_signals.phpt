--TEST--
a pool in PHP: children are reaped on SIGCHLD and started again, their messages come by the loop, and SIGTERM ends all
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\{Event, Process, Timer};

// Children are forked in callbacks, which must be no coroutines then.
swoole_async_set(['enable_coroutine' => false]);

/** As imi supervises its workers. */
final class Workers
{
    private array $workers = [];
    private array $numbers = [];
    private bool $working = true;
    public array $messages = [];

    public function __construct(private readonly int $count, private readonly Closure $work, private readonly Closure $onMessage) {}

    public function start(): void
    {
        Process::signal(SIGCHLD, function (): void {
            while ($ended = Process::wait(false)) {
                $number = $this->numbers[$ended['pid']];
                Event::del($this->workers[$number]->pipe);
                unset($this->numbers[$ended['pid']], $this->workers[$number]);
                if ($this->working) {
                    $this->startOne($number);
                } elseif ($this->workers === []) {
                    Event::exit();
                }
            }
        });
        Process::signal(SIGTERM, function (): void {
            $this->working = false;
            foreach ($this->workers as $worker) {
                Process::kill($worker->pid, SIGTERM);
            }
            Timer::after(10_000, fn () => array_map(fn (Process $worker) => Process::kill($worker->pid, SIGKILL), $this->workers));
        });
        for ($i = 0; $i < $this->count; $i++) {
            $this->startOne($i);
        }
    }

    private function startOne(int $number): void
    {
        $worker = new class (function (Process $worker) use ($number): void {
            Process::signal(SIGTERM, function (): void {
                Event::exit();
            });
            register_shutdown_function(fn () => $worker->send(['end' => $number]));
            // Handlers of signals alone do not keep a loop.
            Timer::tick(60_000, fn () => null);
            ($this->work)($worker, $number);
            Event::wait();
        }) extends Process {
            public function send(array $message): void
            {
                $this->write(json_encode($message));
            }
        };
        $pid = $worker->start();
        $this->workers[$number] = $worker;
        $this->numbers[$pid] = $number;
        Event::add($worker->pipe, function () use ($worker): void {
            $text = $worker->read();
            // The pipe of one that has ended.
            if ($text !== '') {
                ($this->onMessage)(json_decode($text, true));
            }
        });
    }
}

$messages = [];
$begun = 0;
$workers = new Workers(
    2,
    function (Process $worker, int $number): void {
        $worker->send(['begin' => $number]);
        if ($number === 1) {
            // One that fails until somebody asks it to end: it is started again.
            Timer::after(20, fn () => exit(1));
        }
    },
    function (array $message) use (&$messages, &$begun): void {
        $messages[] = json_encode($message);
        if (isset($message['begin']) && ++$begun === 5) {
            posix_kill(getmypid(), SIGTERM);
        }
    },
);
$workers->start();
Event::wait();
$counts = array_count_values($messages);
ksort($counts);
// What the last ones tell at their ends comes while the loop ends, or not.
unset($counts['{"end":0}']);
var_dump($counts['{"begin":0}'], $counts['{"begin":1}'], $counts['{"end":1}'] >= 3, Process::wait(false));
?>
--EXPECT--
int(1)
int(4)
bool(true)
bool(false)
