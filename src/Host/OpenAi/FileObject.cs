using System.Text.Json.Serialization;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Host.OpenAi;

/// <summary>A file of <c>/v1/files</c>.</summary>
sealed record FileObject(string Id, long Bytes, long CreatedAt, string Filename, string Purpose)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "file";

    /// <summary>A file is there whole or not at all.</summary>
    public string Status { get; init; } = "processed";

    public static FileObject Of(FileRecord file) => new(file.Id, file.Bytes, file.Created, file.Name, file.Purpose);
}

/// <summary>One page of files, the newest first.</summary>
sealed record FileList(IReadOnlyList<FileObject> Data, bool HasMore)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "list";

    public string? FirstId => Data.Count > 0 ? Data[0].Id : null;

    public string? LastId => Data.Count > 0 ? Data[^1].Id : null;
}

sealed record FileDeletion(string Id)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "file";

    public bool Deleted { get; init; } = true;
}
