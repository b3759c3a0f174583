namespace Orchestrator.Client.Connection;

/// <summary>What the clients of one container have in common.</summary>
sealed class SharedHttp(OrchestratorClientOptions options, HttpClient http) : IDisposable
{
    /// <param name="model">Whose client is asked for.</param>
    /// <exception cref="InvalidOperationException">The container has none.</exception>
    public static SharedHttp Of(IServiceProvider provider, string model) => (SharedHttp?)provider.GetService(typeof(SharedHttp))
        ?? throw new InvalidOperationException(
            $"The chat client of '{model}' has no service to speak to: call AddOrchestratorClient or AddOrchestrator too, which say where it is.");

    public OrchestratorChatClient Chat(string model) => new(options, model, http);

    public T Use<T>(Func<OrchestratorClientOptions, HttpClient, T> make) => make(options, http);

    public void Dispose() => http.Dispose();
}
