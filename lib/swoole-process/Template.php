<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

use Swoole\Table;

/** The process that boots the application once: workers are forked from it. */
final class Template
{
    /** Why the last boot failed, in memory that the template shares with the master. */
    private readonly Table $failure;

    public function __construct(private readonly Config $config)
    {
        $this->failure = new Table(1);
        $this->failure->column('text', Table::TYPE_STRING, 1000);
        if (!$this->failure->create()) {
            throw new Failure('there is no memory to share with the template', Status::SYSTEM);
        }
    }

    /** In the template. Workers have all that this leaves behind. */
    public function boot(): void
    {
        // As in a worker.
        posix_setpgid(0, 0);
        @cli_set_process_title("{$this->config->name}: template");
        swoole_async_set(['enable_coroutine' => true]);
        (new Environment($this->config, 'the template'))->enter();
        $isBooting = true;
        // Workers have this function, too: there it does nothing.
        register_shutdown_function(function () use (&$isBooting): void {
            $error = $isBooting ? error_get_last() : null;
            if ($error !== null && ($error['type'] & (E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR)) !== 0) {
                // Behind the first line is the trace of an exception.
                $text = (string) strtok($error['message'], "\n");
                $where = str_starts_with($text, 'Uncaught ') ? '' : " in $error[file]:$error[line]";
                $this->failure->set('boot', ['text' => substr($text . $where, 0, 1000)]);
            }
        });
        self::load((string) $this->config->template);
        $isBooting = false;
    }

    private static function load(string $file): void
    {
        require $file;
    }

    /** In the master: why a boot has failed, once. */
    public function takeFailure(): ?string
    {
        $row = $this->failure->get('boot');
        $this->failure->del('boot');
        return is_array($row) ? $row['text'] : null;
    }
}
