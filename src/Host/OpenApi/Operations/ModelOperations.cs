using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

static class ModelOperations
{
    public static Operation List { get; } = new(
        "list_models", Tag.Models, "List policies and experts",
        "Lists every name that `model` may have: policies first, then experts with what each is good at and its state. An expert that is out says why.")
    {
        Replies = [Reply.Json<ModelList>("Policies and experts.")],
        Refusals = [503],
    };

    public static Operation Get { get; } = new(
        "get_model", Tag.Models, "One policy or expert", "Tells of one policy or expert what list_models tells of it.")
    {
        Parameters = [Parameter.Path("id", Schema.Text("A policy's name or an expert's id."))],
        Replies = [Reply.Json<ModelEntry>("The policy or expert.")],
        Refusals = [404, 503],
    };

    public static Operation Running { get; } = new(
        "list_running", Tag.Models, "What is in memory", "Lists the experts that are loading, loaded or about to go, with their bytes and requests.")
    {
        Replies = [Reply.Json<RunningList>("Experts on the device.")],
        Refusals = [503],
    };

    public static Operation Load { get; } = new(
        "load_model", Tag.Models, "Load an expert", "Loads an expert into memory ahead of its first request. Replies once it is there; others may have to go for it.")
    {
        Body = LoadBody.Sent.Body(),
        Replies = [Reply.Json<LoadReply>("It is loaded.")],
        Refusals = [400, 404, 413, 429, 503, 504],
    };

    public static Operation Unload { get; } = new(
        "unload_model", Tag.Models, "Unload an expert", "Takes an expert out of memory. Replies at once; what runs on it finishes first.")
    {
        Body = LoadBody.Sent.Body(),
        Replies = [Reply.Json<LoadReply>("It is unloaded, or will be.")],
        Refusals = [400, 404, 413, 503],
    };
}
