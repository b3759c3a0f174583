namespace Orchestrator.Client.Connection;

/// <summary>What the clients of one container have in common.</summary>
sealed class SharedHttp(OrchestratorClientOptions options, HttpClient http) : IDisposable
{
    public OrchestratorChatClient Chat(string model) => new(options, model, http);

    public T Use<T>(Func<OrchestratorClientOptions, HttpClient, T> make) => make(options, http);

    public void Dispose() => http.Dispose();
}
