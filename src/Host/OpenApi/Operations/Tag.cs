namespace Orchestrator.Host.OpenApi.Operations;

/// <summary>The areas that operations are listed under, in this order.</summary>
static class Tag
{
    public const string Chat = "chat";
    public const string Models = "models";
    public const string Embeddings = "embeddings";
    public const string Collections = "collections";
    public const string Jobs = "jobs";
    public const string Service = "service";

    public static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        (Chat, "Answers by the best expert, how it was chosen, and what was right."),
        (Models, "Policies and experts, and what of them is in memory."),
        (Embeddings, "Vectors of texts, and documents in order of a query."),
        (Collections, "Documents that are searched by meaning and by words."),
        (Jobs, "Files and batches: many requests that nobody waits for."),
        (Service, "Whether it lives, what it measures, and its configuration."),
    ];
}
