namespace Orchestrator.Experts.Configuration;

/// <summary>How an expert is told of tools and writes its calls; what its model was trained on.</summary>
public enum ToolFormat
{
    /// <summary>It calls no tools.</summary>
    None,

    /// <summary>JSON between tags such as <c>&lt;tool_call&gt;</c>: Qwen2.5, Qwen3, Hermes 2 Pro, Hermes 3 and their kin.</summary>
    Hermes,
}
