using Microsoft.Extensions.AI;
using Orchestrator.Client.Connection;
using Orchestrator.Client.Plugin;

namespace Orchestrator.Client;

/// <summary>
/// The service as tools for an agent: give <see cref="Functions"/> to <c>ChatOptions.Tools</c>, to Agent Framework, to an MCP server,
/// or to Semantic Kernel by <c>AsKernelFunction()</c>. What goes wrong is told to the model as a result, <c>{"error": {"message", "code"}}</c>.
/// </summary>
public sealed class OrchestratorPlugin : IDisposable
{
    readonly HttpClient? _own;
    readonly ServiceConnection _service;
    readonly OrchestratorChatClient _chat;
    readonly OrchestratorCollections _collections;

    /// <param name="model">Policy or expert that is asked where the agent names none.</param>
    /// <param name="http">Used and left open when given.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message names it and what is allowed.</exception>
    public OrchestratorPlugin(OrchestratorClientOptions options, string model = "auto", HttpClient? http = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        OptionsCheck.Check(options);
        http ??= _own = OwnHttp.Create(options.ConnectTimeout);
        _service = new ServiceConnection(options, http);
        _chat = new OrchestratorChatClient(options, model, http);
        _collections = new OrchestratorCollections(options, http);
        var policy = Asked.Policy(model);
        Functions =
        [
            new AskExperts(_chat, policy),
            new RouteQuestion(_service, policy),
            new ListExperts(_service),
            new EvaluateBatch(_service, policy),
            new SearchCollection(_collections),
        ];
    }

    /// <summary><c>ask_experts</c>, <c>route_question</c>, <c>list_experts</c>, <c>evaluate_batch</c> and <c>search_collection</c>.</summary>
    public IReadOnlyList<AIFunction> Functions { get; }

    public void Dispose()
    {
        _collections.Dispose();
        _chat.Dispose();
        _service.Dispose();
        _own?.Dispose();
    }
}
