namespace Orchestrator.Jobs.Retrieval.Arms;

/// <summary>What reports call the ways of searching.</summary>
static class ArmNames
{
    public const string Words = "BM25";
    public const string OracleCollection = "best expert of each collection (by its judgments)";
    public const string ByName = "expert named after the collection";
    public const string OracleQuery = "best expert of each query (by its judgments)";
    public const string Mean = "RouterRetriever, mean";
    public const string Nearest = "RouterRetriever, nearest";
    public const string Centroids = "nearest domain";
    public const string Neighbours = "nearest queries";
    public const string Random = "random expert";
    public const string HybridBase = "hybrid: BM25 + base";
    public const string Hybrid = "hybrid: BM25 + RouterRetriever";

    public static string Base(string id) => $"base ({id})";

    public static string MultiTask(string id) => $"multi-task ({id})";

    public static string Alone(string id) => $"{id} alone";
}
