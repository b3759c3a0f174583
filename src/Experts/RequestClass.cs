namespace Orchestrator.Experts;

/// <summary>How urgent a request is.</summary>
public enum RequestClass
{
    /// <summary>Somebody waits for it.</summary>
    Interactive,

    /// <summary>Work that fills what interactive requests leave; bounded by its own, longer waiting age.</summary>
    Batch,
}
