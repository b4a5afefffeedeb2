--TEST--
a manager of workers with datagram pipes: messages through the manager and past it, commands by a named pipe, workers that ask to be replaced, fail, and end
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};
use Swoole\Coroutine\Channel;

final class Message
{
    public function __construct(
        public string $from,
        public string $to,
        public mixed $data,
    ) {}
}

final class Manager
{
    public const NAME = 'manager';
    /** @var array<string, Worker> */
    public static array $workers = [];
    private static array $left = [];
    private static array $runs = [];
    /** @var resource */
    private static $commands;

    public static function start(string $commands): void
    {
        Coroutine::set(array_merge(Coroutine::getOptions() ?? [], [
            'enable_deadlock_check' => false,
            'hook_flags' => SWOOLE_HOOK_ALL,
        ]));
        // Workers are started in callbacks.
        swoole_async_set(['enable_coroutine' => false]);
        foreach (['first', 'second', 'third'] as $name) {
            self::begin($name);
        }
        posix_mkfifo($commands, 0600);
        self::$commands = fopen($commands, 'w+');
        stream_set_blocking(self::$commands, false);
        Event::add(self::$commands, function ($stream) {
            foreach (explode("\n", trim(fread($stream, 8192))) as $line) {
                self::command(...explode(' ', $line));
            }
        });
        Process::signal(SIGCHLD, fn () => self::reap());
        foreach (self::$workers as $worker) {
            self::watch($worker);
        }
        Timer::tick(60_000, fn () => null);
    }

    private static function begin(string $name): Worker
    {
        self::$runs[$name] = (self::$runs[$name] ?? -1) + 1;
        $worker = self::$workers[$name] = new Worker($name, self::$runs[$name]);
        $worker->process->start();
        return $worker;
    }

    private static function watch(Worker $worker): void
    {
        $process = $worker->process;
        Event::add($process->pipe, function () use ($process) {
            $message = unserialize($process->read(64 * 1024));
            match (true) {
                $message->to !== self::NAME => self::send($message->to, $message),
                $message->data === 'replace' => self::replace($message->from),
                default => self::report("$message->from: " . json_encode($message->data)),
            };
        });
    }

    private static function replace(string $name): void
    {
        $old = self::$workers[$name];
        self::$left[$old->process->pid] = $name;
        Event::del($old->process->pipe);
        self::watch(self::begin($name));
    }

    private static function command(string $command, string ...$arguments): void
    {
        if ($command === 'status') {
            $answer = fopen($arguments[0], 'w+');
            foreach (self::$workers as $name => $worker) {
                $state = Process::kill($worker->process->pid, 0) ? 'running' : 'stopped';
                fwrite($answer, "$name $state " . self::$runs[$name] . "\n");
            }
            fclose($answer);
        } elseif ($command === 'stop') {
            foreach (self::$workers as $name => $worker) {
                self::send($name, new Message(self::NAME, $name, 'exit'));
            }
        }
    }

    public static function send(string $to, Message $message): void
    {
        self::$workers[$to]->process->write(serialize($message));
    }

    /** Takes the next step when all reports of the last one are there. */
    private static function report(string $line): void
    {
        static $lines = [], $expected = 3, $steps = [
            ['first', 'say', 'second', 1],
            ['third', 'say', 'first', 2],
            ['second', 'replace', null, 2],
            ['first', 'fail', null, 2],
            ['third', 'status', null, 1],
            ['third', 'stop', null, 1],
        ];
        $lines[] = $line;
        if (count($lines) === $expected) {
            sort($lines);
            echo implode("\n", $lines), "\n";
            $lines = [];
            if ($step = array_shift($steps)) {
                [$to, $what, $whom, $expected] = $step;
                self::send($to, new Message(self::NAME, $to, [$what, $whom]));
            }
        }
    }

    private static function reap(): void
    {
        while ($ended = Process::wait(false)) {
            ['pid' => $pid, 'code' => $code] = $ended;
            if (isset(self::$left[$pid])) {
                self::report(self::$left[$pid] . " was replaced, code $code");
                continue;
            }
            [$name] = array_keys(array_filter(self::$workers, fn ($worker) => $worker->process->pid === $pid));
            Event::del(self::$workers[$name]->process->pipe);
            if ($code === 0 || $code === SIGTERM) {
                unset(self::$workers[$name]);
                if (self::$workers === []) {
                    self::end();
                }
            } else {
                self::watch(self::begin($name));
                self::report("$name has failed, code $code");
            }
        }
    }

    private static function end(): void
    {
        Event::del(self::$commands);
        fclose(self::$commands);
        Process::signal(SIGCHLD, null);
        Timer::clearAll();
        self::report('all have ended');
    }
}

final class Worker
{
    public readonly Process $process;
    private bool $isEnding = false;

    public function __construct(private string $name, private int $run)
    {
        $this->process = new Process([$this, 'start'], false, SOCK_DGRAM, true);
    }

    public function start(Process $process): void
    {
        @Process::signal(SIGUSR2, null);
        Process::signal(SIGTERM, fn () => $this->end(SIGTERM));
        Process::signal(SIGUSR1, fn () => $this->end(SIGUSR1));
        Event::add($process->pipe, function () use ($process) {
            $message = unserialize($process->read(64 * 1024));
            go(fn () => $this->take($message));
        });
        Timer::tick(60_000, fn () => null);
        $process->name("worker $this->name");
        $this->tell("run $this->run in a coroutine: " . json_encode(Coroutine::getCid() > 0));
    }

    private function tell(mixed $data, string $to = Manager::NAME): void
    {
        $this->process->write(serialize(new Message($this->name, $to, $data)));
    }

    private function take(Message $message): void
    {
        [$what, $whom] = (array) $message->data + [null, null];
        switch ($what) {
            case 'say':
                // By the manager, and straight to a worker that was there before this one.
                $this->tell(['hello', 'by the manager'], $whom);
                Coroutine::sleep(0.05);
                if ($whom === 'first') {
                    Manager::send($whom, new Message($this->name, $whom, ['hello', 'straight']));
                }
                break;
            case 'hello':
                $this->tell("hello from $message->from, $whom");
                break;
            case 'replace':
                $this->tell('replace');
                $this->endSoon(SIGUSR1);
                break;
            case 'fail':
                $this->process->exit(3);
            case 'exit':
                $this->endSoon(SIGTERM);
                break;
            case 'status':
                $answer = fopen(ANSWERS, 'r+');
                file_put_contents(COMMANDS, 'status ' . ANSWERS . "\n");
                $this->tell([fgets($answer), fgets($answer), fgets($answer)]);
                break;
            case 'stop':
                file_put_contents(COMMANDS, "stop\n");
        }
    }

    /** Ends by a signal from a timer; until then this coroutine waits. */
    private function endSoon(int $signal): void
    {
        if ($this->isEnding) {
            return;
        }
        $this->isEnding = true;
        Timer::after(20, fn () => Process::kill($this->process->pid, 0) && Process::kill($this->process->pid, $signal));
        (new Channel(1))->pop(-1);
    }

    private function end(int $signal): void
    {
        Event::del($this->process->pipe);
        Event::exit();
        $this->process->exit($signal);
    }
}

define('COMMANDS', sys_get_temp_dir() . '/commands-' . getmypid());
define('ANSWERS', sys_get_temp_dir() . '/answers-' . getmypid());
posix_mkfifo(ANSWERS, 0600);
Manager::start(COMMANDS);
Event::wait();
unlink(COMMANDS);
unlink(ANSWERS);
?>
--EXPECT--
first: "run 0 in a coroutine: true"
second: "run 0 in a coroutine: true"
third: "run 0 in a coroutine: true"
second: "hello from first, by the manager"
first: "hello from third, by the manager"
first: "hello from third, straight"
second was replaced, code 10
second: "run 1 in a coroutine: true"
first has failed, code 3
first: "run 1 in a coroutine: true"
third: ["first running 1\n","second running 1\n","third running 0\n"]
all have ended
