using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Gguf;

/// <summary>The stamps of all files that a load opens.</summary>
readonly record struct FileStamps(FileStamp Model, FileStamp? Adapter)
{
    /// <summary>Null when one of them is missing.</summary>
    public static FileStamps? Of(ExpertConfig expert)
    {
        if (FileStamp.Of(expert.File) is not { } model)
            return null;
        var adapter = expert.Adapter is { } file ? FileStamp.Of(file) : null;
        return expert.Adapter is null || adapter is not null ? new FileStamps(model, adapter) : null;
    }
}
