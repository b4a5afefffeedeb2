<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** The command line. */
final class Application
{
    private const COMMANDS = [
        'run' => 'run a command or a script in supervised workers',
        'status' => 'show the workers',
        'reload' => 'replace the workers one by one, as long as new ones come up',
        'restart' => 'replace one worker',
        'scale' => 'change the number of workers',
        'stop' => 'stop the pool, and wait for its end',
        'metrics' => 'show the metrics for Prometheus',
    ];

    /** @param list<string> $arguments */
    public function run(array $arguments): int
    {
        try {
            return $this->dispatch($arguments);
        } catch (Failure $failure) {
            $status = $failure->getCode();
            $help = isset(self::COMMANDS[$arguments[0] ?? '']) ? "pool $arguments[0] --help" : 'pool --help';
            fwrite(STDERR, "pool: {$failure->getMessage()}\n" . ($status === Status::USAGE ? "Try '$help'.\n" : ''));
            return $status;
        }
    }

    /** @param list<string> $arguments */
    private function dispatch(array $arguments): int
    {
        $command = array_shift($arguments);
        if ($command === null) {
            fwrite(STDERR, $this->help());
            return Status::USAGE;
        }
        if (in_array($command, ['help', '--help', '-h'], true)) {
            echo isset($arguments[0]) ? $this->helpOf(self::known($arguments[0])) : $this->help();
            return Status::FINE;
        }
        if (in_array($command, ['version', '--version', '-V'], true)) {
            echo 'pool ', phpversion('swoole_process'), "\n";
            return Status::FINE;
        }
        self::known($command);
        // Behind -- is the command that is to run.
        $end = array_search('--', $arguments, true);
        $own = $end === false ? $arguments : array_slice($arguments, 0, $end);
        if (array_intersect(['--help', '-h'], $own) !== []) {
            echo $this->helpOf($command);
            return Status::FINE;
        }
        return $command === 'run' ? $this->runPool($arguments) : $this->control($command, $arguments);
    }

    /** Refuses an unknown command. */
    private static function known(string $command): string
    {
        if (!isset(self::COMMANDS[$command])) {
            $hint = str_starts_with($command, '-') || is_file($command) ? ": is 'pool run $command' meant?" : Option::nearest($command, array_keys(self::COMMANDS));
            throw new Failure("unknown command '$command'$hint", Status::USAGE);
        }
        return $command;
    }

    /** @param list<string> $arguments */
    private function runPool(array $arguments): int
    {
        $line = new CommandLine($arguments, [...Option::all(), 'config' => null], ['c' => 'config']);
        [$given, $run, $isCommand] = [$line->options, $line->rest, $line->isCommand];
        if (isset($given['config'])) {
            $file = new ConfigFile($given['config'][0]);
            unset($given['config']);
            // Flags come after the file, and count more.
            $lists = array_filter(Option::all(), static fn (Option $option): bool => $option->isList);
            foreach ($file->options as $name => $texts) {
                $given[$name] = isset($lists[$name]) ? [...$texts, ...$given[$name] ?? []] : $given[$name] ?? $texts;
            }
            if ($run === []) {
                [$run, $isCommand] = [$file->run, $file->isCommand];
            }
        }
        return (new Master(new Config($given, $run, $isCommand)))->run();
    }

    /** @param list<string> $arguments */
    private function control(string $command, array $arguments): int
    {
        $places = ['socket' => null, 'name' => null, 'config' => null];
        $own = $command === 'status' ? ['json' => false, 'once' => false] : [];
        $line = new CommandLine($arguments, $places + $own, ['s' => 'socket', 'c' => 'config']);
        $given = array_keys(array_intersect_key($line->options, $places));
        if (count($given) > 1) {
            throw new Failure("give either --$given[0] or --$given[1], not both", Status::USAGE);
        }
        $count = ['scale' => 1, 'restart' => 1][$command] ?? 0;
        if ($line->isCommand || count($line->rest) !== $count) {
            $wanted = ['scale' => 'the number of workers', 'restart' => 'the name of a worker'][$command] ?? 'no argument';
            throw new Failure("$command takes $wanted", Status::USAGE);
        }
        match ($command) {
            'scale' => Master::checkCount($line->rest[0]),
            'restart' => self::checkWorker($line->rest[0]),
            default => null,
        };
        $client = new Client($this->socket($line->options));
        if ($command === 'status') {
            return $this->status($client, isset($line->options['json']), isset($line->options['once']));
        }
        $answer = $client->ask(rtrim("$command " . ($line->rest[0] ?? '')));
        if (is_string($answer)) {
            echo $answer;
            return Status::FINE;
        }
        if ($answer === null && $command !== 'stop') {
            throw new Failure('the pool has ended', Status::FAILED);
        }
        if ($answer !== null && !$answer['ok']) {
            throw new Failure($answer['error'] ?? "$command has failed", Status::FAILED);
        }
        return Status::FINE;
    }

    private static function checkWorker(string $name): void
    {
        if (preg_match('/^[\w.-]+$/D', $name) !== 1) {
            throw new Failure("restart takes the name of a worker, such as mail-0, not '$name'", Status::USAGE);
        }
    }

    private function status(Client $client, bool $isJson, bool $once): int
    {
        if ($isJson) {
            echo json_encode($client->status(), JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES), "\n";
            return Status::FINE;
        }
        if (!$once && Terminal::is(STDOUT)) {
            (new LiveView($client))->run();
        } else {
            echo StatusView::render($client->status());
        }
        return Status::FINE;
    }

    /** @param array<string, list<string>> $options */
    private function socket(array $options): string
    {
        if (isset($options['socket'])) {
            return $options['socket'][0];
        }
        if (isset($options['config'])) {
            $file = new ConfigFile($options['config'][0]);
            return (new Config($file->options, $file->run, $file->isCommand))->socket();
        }
        if (isset($options['name'])) {
            return Runtime::folder() . '/' . Config::checkName($options['name'][0], Status::USAGE) . '.sock';
        }
        $sockets = Runtime::sockets();
        return match (count($sockets)) {
            0 => throw new Failure('no pool of this user runs in ' . Runtime::folder() . ': give --socket or --config for a pool elsewhere', Status::NOT_RUNNING),
            1 => $sockets[0],
            default => throw new Failure('there are several pools: give --name=' . implode(', --name=', array_map(static fn (string $path): string => basename($path, '.sock'), $sockets)), Status::USAGE),
        };
    }

    private function help(): string
    {
        $text = "pool runs a command or a script in supervised workers.\n\n"
            . "  pool run [options] -- command [arguments]\n  pool run [options] script.php\n  pool run --config=pool.ini\n\nCommands:\n";
        foreach (self::COMMANDS as $name => $what) {
            $text .= sprintf("  %-9s %s\n", $name, $what);
        }
        return "$text\n'pool COMMAND --help' shows the options of a command.\n";
    }

    private function helpOf(string $command): string
    {
        if ($command !== 'run') {
            $argument = ['scale' => ' N', 'restart' => ' WORKER'][$command] ?? '';
            $text = "pool $command [options]$argument: " . self::COMMANDS[$command] . "\n\n"
                . "  -s, --socket=FILE\n          the control socket of the pool\n      --name=NAME\n          the name of the pool, instead of its socket\n"
                . "  -c, --config=FILE\n          the configuration file of the pool, instead of its socket\n";
            return $command !== 'status' ? $text : $text
                . "      --json\n          show all data as JSON\n      --once\n          show it once: without this, a terminal has a live view\n";
        }
        $text = "pool run [options] -- command [arguments]\npool run [options] script.php\n\n"
            . "A command is executed in each worker. A script is included in each worker. If it returns a callable, the worker\n"
            . "calls it in a loop, with the pool and the worker's number. Each call does one job; false means that there was none.\n\n"
            . "  -c, --config=FILE\n          an INI file with these names as keys, command or script, and a section [env]\n";
        foreach (Option::all() as $option) {
            $text .= $option->describe();
        }
        return "$text\nTimes: 500ms, 5s, 10min, 2h, 1d. Sizes: 64K, 256M, 1G.\n\n"
            . "Exit status: 0 the pool was stopped, or all workers have done their work; 1 workers have failed for good;\n"
            . "64 wrong usage; 69 no pool runs at this socket; 70 no worker or template came up; 71 a file or socket cannot be created;\n"
            . "75 the pool runs already; 78 a wrong setting.\n";
    }
}
