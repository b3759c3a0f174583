using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;
using Orchestrator.Host.Reloading;

namespace Orchestrator.Host.OpenApi.Operations;

static class ServiceOperations
{
    public static Operation Health { get; } = new("get_health", Tag.Service, "Whether the process answers", "Tells that the process answers, also while it starts.")
    {
        Replies = [Reply.Json<ServiceHealth>("It does.")],
    };

    public static Operation Ready { get; } = new(
        "get_readiness", Tag.Service, "Whether it can answer chats", "Tells whether chats can be answered: the start is over, an expert is usable and work makes progress.")
    {
        Replies = [Reply.Json<ServiceHealth>("They can."), Reply.Json<ServiceHealth>("They cannot; `reason` says why.", StatusCodes.Status503ServiceUnavailable)],
    };

    public static Operation Metrics { get; } = new("get_metrics", Tag.Service, "Metrics for Prometheus", "Requests, experts, queues, memory and jobs in the text format of Prometheus.")
    {
        Replies = [new Reply(StatusCodes.Status200OK, "Version 0.0.4 of the format.") { Content = [ReplyContent.Of("text/plain", Schema.Text("One sample a line."))] }],
    };

    public static Operation Reload { get; } = new(
        "reload_configuration", Tag.Service, "Take over the configuration",
        "Reads the configuration file again, takes over what may change while it serves, and tells what changed. One with errors is refused as a whole.")
    {
        Replies = [Reply.Json<ConfigChanges>("What changed.")],
        Refusals = [400, 503],
    };
}
