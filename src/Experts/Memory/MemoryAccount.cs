namespace Orchestrator.Experts.Memory;

/// <summary>
/// Who a loaded byte is charged to. Each account has a budget of its own: what fills one never evicts from another.
/// </summary>
public enum MemoryAccount
{
    /// <summary>Experts in main memory.</summary>
    Cpu,

    /// <summary>Experts with layers on the GPU.</summary>
    Gpu,

    /// <summary>The router's own models, so that routing never evicts what it chose.</summary>
    Router,
}

/// <summary>Bytes by account: what each may hold, or does hold.</summary>
public readonly record struct MemoryBudgets(long Cpu, long Gpu, long Router)
{
    /// <summary>Accounts there are, as an array length.</summary>
    public const int Count = 3;

    public long Of(MemoryAccount account) => account switch
    {
        MemoryAccount.Cpu => Cpu,
        MemoryAccount.Gpu => Gpu,
        _ => Router,
    };

    internal MemoryBudgets Plus(MemoryAccount account, long bytes) => account switch
    {
        MemoryAccount.Cpu => this with { Cpu = Cpu + bytes },
        MemoryAccount.Gpu => this with { Gpu = Gpu + bytes },
        _ => this with { Router = Router + bytes },
    };

    internal MemoryBudgets Plus(MemoryBudgets other) => new(Cpu + other.Cpu, Gpu + other.Gpu, Router + other.Router);

    internal MemoryBudgets Minus(MemoryBudgets other) => new(Cpu - other.Cpu, Gpu - other.Gpu, Router - other.Router);
}
