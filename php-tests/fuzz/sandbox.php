<?php
// Where scripts run: a jail in namespaces of its own, each script in a process of its own.
declare(strict_types=1);

/** How a script ended. */
final class Ending
{
    /**
     * @param array<string, mixed> $facts what the jail tells
     * @param string $output what PHP has logged, and what was written to the standard output and error
     * @param list<string> $trace what the script has noted
     * @param string $valgrind what valgrind reports
     */
    public function __construct(
        public readonly array $facts,
        public readonly string $output,
        public readonly array $trace,
        public readonly string $valgrind,
    ) {}
}

/** The command that starts PHP with the module, and in what it runs. */
final class Engine
{
    /** Seconds that one call may take. */
    public readonly int $patience;
    public readonly float $limit;

    /**
     * @param list<string> $php
     * @param ?float $limit seconds that a script may take, and as long again what it leaves
     */
    public function __construct(private readonly array $php, public readonly bool $valgrind, ?float $limit)
    {
        $this->patience = $valgrind ? 20 : 1;
        $this->limit = $limit ?? ($valgrind ? 300.0 : 20.0);
    }

    /** @return list<string> */
    public function bare(string $file): array
    {
        return [...$this->php, $file];
    }

    /** @return list<string> */
    public function command(string $file, string $folder): array
    {
        // Errors go to a file: whole lines, however many processes write at a time, and wherever their descriptors lead.
        $settings = ['display_errors=0', 'log_errors=1', "error_log=$folder/errors", 'memory_limit=256M', 'error_reporting=-1',
            'log_errors_max_len=0'];
        $command = $this->php;
        foreach ($settings as $setting) {
            array_push($command, '-d', $setting);
        }
        // Errors only: a script that ends by a fatal error or a signal leaks by right.
        // Stacks of coroutines may be 256 KB apart: what goes so far is a switch, and no large frame on the same stack.
        $tool = ['valgrind', '--quiet', '--vgdb=no', '--trace-children=no', '--leak-check=no', '--max-stackframe=100000',
            "--log-file=$folder/valgrind.%p", '--num-callers=20'];
        return [...($this->valgrind ? $tool : []), ...$command, $file];
    }

    /** @return array<string, string> */
    public function environment(string $folder, int $patience): array
    {
        $environment = ['FUZZ_TRACE' => "$folder/trace", 'FUZZ_FOLDER' => "$folder/run", 'FUZZ_PATIENCE' => (string) $patience,
            'FUZZ_JAIL' => $folder, 'PATH' => getenv('PATH') ?: '/usr/bin:/bin', 'LC_ALL' => 'C', 'MALLOC_PERTURB_' => '165'];
        return $this->valgrind ? ['USE_ZEND_ALLOC' => '0', 'ZEND_DONT_UNLOAD_MODULES' => '1'] + $environment : $environment;
    }
}

final class Sandbox
{
    private const NAMESPACES = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', '--ipc', '--net'];

    /** @var resource */
    private $process;
    /** @var resource */
    private $orders;
    /** @var resource */
    public readonly mixed $reports;

    /** @param list<string> $wrapper as `wrapper()` gives it */
    public function __construct(private readonly Engine $engine, array $wrapper, public readonly string $folder)
    {
        is_dir($folder) || mkdir($folder, 0777, true);
        $command = [...$wrapper, ...$engine->bare(__DIR__ . '/jail.php')];
        $environment = ['FUZZ_JAIL' => "jail of $folder", 'PATH' => getenv('PATH') ?: '/usr/bin:/bin'];
        $this->process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], STDERR], $pipes, null, $environment);
        [$this->orders, $this->reports] = $pipes;
    }

    /** What puts a command into namespaces of its own; nothing where that is not allowed. */
    public static function wrapper(): array
    {
        foreach ([self::NAMESPACES, [...self::NAMESPACES, '--user', '--map-root-user']] as $wrapper) {
            $process = @proc_open([...$wrapper, 'true'], [2 => ['file', '/dev/null', 'w']], $pipes);
            if ($process !== false && proc_close($process) === 0) {
                return $wrapper;
            }
        }
        return [];
    }

    /** Starts a script; its end comes through `end()`. */
    public function begin(string $script, ?int $patience = null): void
    {
        $file = "$this->folder/case.php";
        file_put_contents($file, $script);
        fwrite($this->orders, json_encode([
            'command' => $this->engine->command($file, $this->folder),
            'environment' => $this->engine->environment($this->folder, $patience ?? $this->engine->patience),
            'folder' => $this->folder,
            'limit' => $this->engine->limit,
        ], JSON_THROW_ON_ERROR) . "\n");
    }

    public function end(): Ending
    {
        $line = fgets($this->reports);
        if ($line === false) {
            throw new RuntimeException('the jail has ended');
        }
        $reports = implode('', array_map(file_get_contents(...), glob("$this->folder/valgrind.*")));
        // Errors; not what valgrind says of itself, such as that it does not know pidfd_open(2).
        $errors = preg_grep('/^==\d+== /', explode("\n", $reports));
        return new Ending(
            json_decode($line, true, flags: JSON_THROW_ON_ERROR),
            @file_get_contents("$this->folder/errors") . @file_get_contents("$this->folder/output"),
            @file("$this->folder/trace", FILE_IGNORE_NEW_LINES) ?: [],
            implode("\n", $errors),
        );
    }

    public function run(string $script, ?int $patience = null): Ending
    {
        $this->begin($script, $patience);
        return $this->end();
    }

    public function close(): void
    {
        fclose($this->orders);
        fclose($this->reports);
        proc_close($this->process);
    }
}
