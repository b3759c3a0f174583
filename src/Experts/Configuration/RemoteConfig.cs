using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Experts.Configuration;

/// <summary>An embedding endpoint in OpenAI's shape. It takes no memory here and is not tried at start.</summary>
public sealed record RemoteConfig
{
    /// <summary>What stands before <c>/embeddings</c>, such as <c>https://api.openai.com/v1</c>.</summary>
    public required string Url { get; init; }

    /// <summary>The model's name there.</summary>
    public required string Model { get; init; }

    /// <summary>Name of the environment variable with its key, read at each request; null sends none.</summary>
    public string? ApiKeyEnv { get; init; }

    /// <summary>Of one request to it.</summary>
    [Duration("100ms", "10m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Texts of one request to it.</summary>
    [Range(1, 2048)]
    public int Batch { get; init; } = 64;
}
