using System.Collections.Concurrent;
using System.Threading.Channels;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Jobs.Messages;

/// <summary>
/// Carries commands from the planner to workers and their reports back: within the process, or over RabbitMQ. Messages may be
/// lost with the process and may come twice; the store is the truth.
/// </summary>
sealed class JobBus : IAsyncDisposable
{
    static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, Channel<GroupAnswered>> _planners = new(StringComparer.Ordinal);
    readonly IBusControl _bus;
    readonly Uri _workers;

    readonly TimeSpan _patience;

    JobBus(IBusControl bus, Uri workers, TimeSpan patience) => (_bus, _workers, _patience) = (bus, workers, patience);

    /// <param name="queue">Whose work it is: services of other stores or experts on the same broker have queues of their own.</param>
    /// <param name="rabbitmq">Null stays within the process.</param>
    /// <param name="answer">What a worker does with a command; false leaves the report to another delivery of it.</param>
    /// <param name="patience">How long the broker may take to answer.</param>
    /// <param name="window">Commands that a worker takes at once.</param>
    /// <exception cref="IOException">The broker cannot be reached.</exception>
    public static async Task<JobBus> StartAsync(
        string queue, Uri? rabbitmq, int window, Func<AnswerGroup, CancellationToken, Task<bool>> answer, ILoggerFactory loggers,
        TimeSpan patience, CancellationToken cancellationToken)
    {
        LogContext.ConfigureCurrentLogContext(loggers);
        string workers = $"orchestrator-jobs-{queue}";
        JobBus? made = null;
        void Worker(IReceiveEndpointConfigurator endpoint)
        {
            endpoint.PrefetchCount = window;
            endpoint.ConcurrentMessageLimit = window;
            endpoint.Consumer(() => new AnswerGroupConsumer(answer));
        }
        void Planner(IReceiveEndpointConfigurator endpoint) =>
            endpoint.Handler<GroupAnswered>(context => made!.TellAsync(context.Message));

        IBusControl bus = rabbitmq is null
            ? Bus.Factory.CreateUsingInMemory(configure =>
            {
                configure.ReceiveEndpoint(workers, Worker);
                configure.ReceiveEndpoint($"{workers}-done", Planner);
            })
            : Bus.Factory.CreateUsingRabbitMq(configure =>
            {
                configure.Host(rabbitmq);
                configure.ReceiveEndpoint(workers, Worker);
                // A report is of use only to the planner that waits for it now.
                configure.ReceiveEndpoint(new TemporaryEndpointDefinition(), endpointNameFormatter: null, Planner);
            });
        made = new JobBus(bus, new Uri($"queue:{workers}"), patience);
        await made.StartAsync(rabbitmq, cancellationToken);
        return made;
    }

    /// <summary>What workers report of one job, until that is disposed.</summary>
    public JobMail Open(string job)
    {
        var mail = Channel.CreateUnbounded<GroupAnswered>();
        _planners[job] = mail;
        return new JobMail(mail.Reader, () => _planners.TryRemove(KeyValuePair.Create(job, mail)));
    }

    /// <exception cref="IOException">The broker does not take it.</exception>
    public async Task SendAsync(AnswerGroup group, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        try
        {
            ISendEndpoint endpoint = await _bus.GetSendEndpoint(_workers);
            await endpoint.Send(group, limit.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The message broker (jobs.rabbitmq) takes no messages: {failure.Message}", failure);
        }
    }

    public async ValueTask DisposeAsync() => await _bus.StopAsync(StopPatience);

    async Task StartAsync(Uri? rabbitmq, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        try
        {
            await _bus.StartAsync(limit.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException(
                $"The message broker {rabbitmq?.Host}:{rabbitmq?.Port} (jobs.rabbitmq) cannot be reached: {failure.Message}", failure);
        }
    }

    /// <summary>Reports of a run that has ended, or of another process's, find nobody.</summary>
    Task TellAsync(GroupAnswered report)
    {
        if (_planners.TryGetValue(report.Job, out Channel<GroupAnswered>? mail)) mail.Writer.TryWrite(report);
        return Task.CompletedTask;
    }
}

/// <summary>The reports of one job's workers.</summary>
sealed class JobMail(ChannelReader<GroupAnswered> reports, Action close) : IDisposable
{
    /// <returns>Null when none came within <paramref name="patience"/>.</returns>
    public async Task<GroupAnswered?> NextAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (reports.TryRead(out GroupAnswered? report)) return report;
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await reports.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => close();
}
