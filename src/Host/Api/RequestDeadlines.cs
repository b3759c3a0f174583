using Orchestrator.Experts.Configuration;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary>Runs requests within <c>server.request_timeout</c>.</summary>
sealed class RequestDeadlines(ServerConfig server, TimeProvider time)
{
    /// <param name="work">Must end soon once the deadline's token is cancelled.</param>
    /// <exception cref="ApiException">The time was over before the work: 504, whatever the work was cancelled with.</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async Task<T> RunAsync<T>(HttpContext context, Func<RequestDeadline, Task<T>> work)
    {
        using var deadline = new RequestDeadline(server.RequestTimeout, time, context.RequestAborted);
        try
        {
            return await work(deadline);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw new ApiException(deadline.Error);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(HttpContext context, Func<RequestDeadline, Task> work) => RunAsync(context, async deadline =>
    {
        await work(deadline);
        return true;
    });
}
