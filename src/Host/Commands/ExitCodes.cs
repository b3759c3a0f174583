namespace Orchestrator.Host.Commands;

static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command ran and failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the configuration or the data is wrong; nothing ran.</summary>
    public const int BadInput = 2;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;
}
